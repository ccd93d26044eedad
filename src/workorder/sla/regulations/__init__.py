"""Regulation packs: the clocks that the law sets, as data with its evidence.

A pack holds the clocks of one regime. A clock says how long, from when, by what it is met, how its
days are counted, who may extend it and whom that must be told; and beside it stands how that is
known: the rule, the words that were read, where, whether those were the rule's own, and by when
somebody should read again. Nothing of it is legal advice: somebody at the bank reads the rule and
signs.

What is **verified** is adopted with its pack. What is only a template, because it was read
about and not read, is off until somebody takes it on purpose; then it says so (:func:`cautions`).
Clocks that bind somebody else, or that no ticket can measure, are there to be read::

    from workorder.sla.clocks import AdoptedPack, ServiceLevels
    from workorder.sla.regulations import cautions, pack

    pack("cn_nfra_2020").by_name["cn.nfra.decision"].quote
    levels = ServiceLevels(
        metrics=(), policies=(), calendar=counters, packs=(AdoptedPack("cn_nfra_2020"),)
    )

**How data passes through:** a file in ``packs/`` is read
(:mod:`~workorder.sla.regulations.reading`, every mistake at once) into a :class:`Pack` of
:class:`RegulatoryClock` values, kept by name (``library``), and turned into statutory metrics and a
policy when it is adopted (``adopting``); when a clock begins, also on a ticket that only becomes a
complaint later, is said in ``beginning``.

Three things hold for every clock of the law, whatever a rulebook says: priorities do not change it,
it pauses only where its text has a pause (waiting for the customer is none in any text that was
read), and no promise of the bank's own ends after it. Days are counted from the day after receipt,
and a last day on a holiday is moved only where the rule that was read moves it.

What does not belong here: a bank's own promises, priorities, whom to tell; and periods that
somebody remembers but nobody has read.
"""

from workorder.sla.regulations.adopting import adopted, cautions
from workorder.sla.regulations.clock import Extension, RegulatoryClock
from workorder.sla.regulations.library import pack, pack_names
from workorder.sla.regulations.pack import Pack
from workorder.sla.regulations.reading import pack_from_data, pack_from_toml

__all__ = [
    "Extension",
    "Pack",
    "RegulatoryClock",
    "adopted",
    "cautions",
    "pack",
    "pack_from_data",
    "pack_from_toml",
    "pack_names",
]
