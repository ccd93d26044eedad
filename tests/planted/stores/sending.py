"""Stores with a fault in the outbox, or in counting capacity."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from attrs import evolve

from tests.planted.stores.parted import PartedStore
from workorder.storage import Answer, Batch, CapacityTaken, Committed, MemoryStore, Message


class OneMessagePerTopic(PartedStore):
    """Keys messages by ticket and topic: the second of a commit writes over the first."""

    def _put_messages(self, batch: Batch) -> None:
        last = {(each.ticket_id, each.topic): each for each in batch.outbox}
        super()._put_messages(evolve(batch, outbox=tuple(last.values())))


class MessagesByTicket(MemoryStore):
    """Gives messages ordered by ticket: a later commit goes out before an earlier one."""

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """Grouped, for convenience."""
        with self._lock:
            rows = sorted(self._outbox.items(), key=lambda row: (row[1].ticket_id, row[0]))
            return tuple(rows)[:limit]


class ForgetsWhenRead(MemoryStore):
    """Deletes messages as it hands them out: what is not delivered is lost."""

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """At most once."""
        found = super().pending(limit)
        self.taken([position for position, _ in found])
        return found


class TakenByCount(MemoryStore):
    """Forgets as many of the oldest messages as positions were named."""

    def taken(self, positions: Collection[int]) -> None:
        """Right, as long as they are taken in order."""
        with self._lock:
            known = [each for each in positions if each in self._outbox]
            super().taken([*self._outbox][: len(known)])


class TakenUpTo(MemoryStore):
    """Forgets everything up to the highest position that was named."""

    def taken(self, positions: Collection[int]) -> None:
        """A cursor instead of a list."""
        with self._lock:
            known = [each for each in positions if each in self._outbox]
            super().taken([each for each in self._outbox if each <= max(known, default=0)])


class PositionsUsedAgain(PartedStore):
    """Takes the highest position there is, plus one: that of a message taken before."""

    def _put_messages(self, batch: Batch) -> None:
        self._sent = max(self._outbox, default=0)
        super()._put_messages(batch)


class AllPending(MemoryStore):
    """Overlooks the limit of messages."""

    def pending(self, limit: int = 100) -> Sequence[tuple[int, Message]]:
        """All there are."""
        return super().pending(len(self._outbox))


class FirstIsFree(PartedStore):
    """Compares with the limit when it updates, and not when it inserts: the first is free."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if isinstance(refused, CapacityTaken) and refused.agent not in self._used:
            alone = len(batch.reservations) == 1 and not batch.changes
            return None if alone and batch.reservations[0].limit else refused
        return refused


class FirstLimitStays(PartedStore):
    """Keeps the limit of the first reservation, and goes by it for ever."""

    def __init__(self) -> None:
        super().__init__()
        self._limits: dict[str, int] = {}

    def commit(self, batch: Batch) -> Answer:
        """Whatever the limit is by now."""
        first = tuple(
            evolve(each, limit=self._limits.get(each.agent, each.limit))
            for each in batch.reservations
        )
        answer = super().commit(evolve(batch, reservations=first))
        if isinstance(answer, Committed):
            for each in batch.reservations:
                self._limits.setdefault(each.agent, each.limit)
        return answer


class EachAlone(PartedStore):
    """Compares every reservation alone: two of one batch go over the limit together."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if not isinstance(refused, CapacityTaken):
            return refused
        for each in batch.reservations:
            answer = super()._refused(Batch((), reservations=(each,)))
            if answer is not None:
                return answer
        return None


class NothingGivenBack(PartedStore):
    """Takes a reservation of less than nothing for a mistake, and leaves it out."""

    def commit(self, batch: Batch) -> Answer:
        """Capacity only ever shrinks."""
        kept = tuple(each for each in batch.reservations if each.units > 0)
        return super().commit(evolve(batch, reservations=kept))


class UsedOfTheFirst(MemoryStore):
    """Says what the first one holds that is asked about, and nothing of the others."""

    def used(self, agents: Collection[str]) -> Mapping[str, int]:
        """Of one."""
        return super().used(list(agents)[:1])


class UsedCountsRefused(MemoryStore):
    """Says what was asked for, whether or not it was refused."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = Counter[str]()

    def commit(self, batch: Batch) -> Answer:
        """Counted before it is looked at."""
        for each in batch.reservations:
            self._asked[each.agent] += each.units
        return super().commit(batch)

    def used(self, agents: Collection[str]) -> Mapping[str, int]:
        """All that was ever asked for."""
        return {each: self._asked[each] for each in agents}


class OneAgentForAll(PartedStore):
    """Counts the capacity of everybody in one number."""

    def _refused(self, batch: Batch) -> Answer | None:
        refused = super()._refused(batch)
        if refused is None:
            total = sum(self._used.values())
            for each in batch.reservations:
                total += each.units
                if total > each.limit:
                    return CapacityTaken(each.agent)
        return refused


class NeverBelowZero(MemoryStore):
    """Keeps capacity in an unsigned column: what is given back beyond what was taken is lost."""

    def commit(self, batch: Batch) -> Answer:
        """Nothing below nothing."""
        answer = super().commit(batch)
        with self._lock:
            for agent, used in self._used.items():
                self._used[agent] = max(0, used)
        return answer


class CutAgents(MemoryStore):
    """Names of agents in a column of 64 characters."""

    def commit(self, batch: Batch) -> Answer:
        """What is longer is cut."""
        cut = tuple(evolve(each, agent=each.agent[:64]) for each in batch.reservations)
        return super().commit(evolve(batch, reservations=cut))
