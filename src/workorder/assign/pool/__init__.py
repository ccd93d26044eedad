"""The pool: thousands of agents in one process, who change all the time, and decisions in
microseconds.

:func:`~workorder.assign.choose` asks every filter about everybody. That explains most, and for some
hundreds of agents it is quick enough. A simulation, or a router that is one process, asks again and
again about the same people, of whom one or two have changed; an :class:`AgentPool` remembers what
it found, and chooses the same one.

How it does that. What a policy asks falls into three kinds, and each is answered where it costs
least (:mod:`~workorder.assign.pool.terms`).

- **What hardly ever changes**: teams, skills, languages. Items that ask the same have one
  **shortlist** of those who match (:mod:`~workorder.assign.pool.shortlist`), found through a
  **register** of who has what (:mod:`~workorder.assign.pool.register`).
- **How somebody stands**: load, room, presence. A shortlist is in the order of the selector's key,
  in heaps. An entry may say that somebody stands better than they do; that shows when it comes to
  the top, and it goes where it belongs. It never says that somebody stands worse: who gives
  something back, or comes, is entered at once. So whoever is at the top, as they stand, is first.
  Where a policy asks for nothing but this, by load, there is one list of everybody, which every
  decision changes: that one is kept true at once (:mod:`~workorder.assign.pool.ladder`).
- **The matter and the hour**: conflicts, parts taken, declined offers, hours of work. They reject
  few. They are **doubts** (:mod:`~workorder.assign.pool.doubts`), asked about whoever is first, and
  about the next one when they are right.

Where a policy does not let itself be put in order beforehand (scores, turns, chance, filters and
scorers of a host), the register says who could match, and these are asked as ever.

The pool keeps count in columns (:mod:`~workorder.assign.pool.columns`), and makes an agent's value
when somebody wants to see it. It belongs to one thread. It reads no clock, and decides nothing by
itself: whoever carries a decision out says so (``reserve``, ``release``).
"""

from workorder.assign.pool.pool import AgentPool

__all__ = ["AgentPool"]
