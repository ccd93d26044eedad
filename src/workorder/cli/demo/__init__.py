"""``workorder demo``: a complaint across departments, three tickets at risk, and who gets the next.

**What for.** Somebody who has never seen the library should see in a minute what it does: who may
do what, what is refused and why, what time does by itself, and that every step left a trace.

**How it is told.** A :class:`~workorder.cli.demo.telling.Story` has a clock of its own and prints
sentences in one language, keeping the facts behind them for ``--json``; the same every time. A
:class:`~workorder.cli.demo.scene.Scene` is one ticket at a real desk, on a SQLite store, under the
rulebook ``bank``. Each chapter is a module that takes the scene a step further: ``intake``,
``teamwork``, ``extension``, ``review``, ``afterwards``; then ``trail`` shows the history, and
``proof`` that a record that is altered is found. ``at_risk`` has a scene of its own: three tickets
over a holiday, and their clocks (``promises`` shows them). So has ``who_gets_it``: one decision,
and its reasons.

**What does not belong here:** anything a host might want. The story only calls what is public.
"""

from workorder.cli.demo.command import add, run

__all__ = ["add", "run"]
