"""Stores with a fault in sealed values, or in how they are erased."""

from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import ClassVar
from weakref import WeakSet

from attrs import evolve

from tests.planted.stores.parted import PartedStore
from workorder.storage import EVERYTHING, Batch, Change, MemoryStore, Receipt
from workorder.ticket import SealedValue

ROW_BYTES = 4_000


class SealedByRef(PartedStore):
    """Keys sealed values by their reference alone: another ticket's writes over them."""

    def _put_sealed(self, batch: Batch) -> None:
        for kept in batch.sealed:
            for ticket_id, others in self._sealed.items():
                if kept.ref in others:
                    others[kept.ref] = evolve(kept, ticket_id=ticket_id)
            self._sealed.setdefault(kept.ticket_id, {})[kept.ref] = kept


class SealedCut(PartedStore):
    """Cuts sealed texts at 4,000 bytes, as a column is wide."""

    def _put_sealed(self, batch: Batch) -> None:
        cut = [
            evolve(kept, value=kept.value.encode()[:ROW_BYTES].decode(errors="ignore"))
            for kept in batch.sealed
        ]
        super()._put_sealed(evolve(batch, sealed=tuple(cut)))


class SaltTrimmed(PartedStore):
    """Keeps salts in a column of fixed width: blanks at their end are gone."""

    def _put_sealed(self, batch: Batch) -> None:
        trimmed = [evolve(kept, salt=kept.salt.rstrip(b" ")) for kept in batch.sealed]
        super()._put_sealed(evolve(batch, sealed=tuple(trimmed)))


class RevealsAll(MemoryStore):
    """Reveals every value of the ticket, whichever was asked for."""

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        """The whole row."""
        with self._lock:
            return dict(self._sealed.get(ticket_id, {}))


class RevealsFromCache(MemoryStore):
    """Keeps what it once revealed at hand: an erased value is still shown."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[tuple[str, str], SealedValue] = {}

    def reveal(self, ticket_id: str, refs: Collection[str]) -> Mapping[str, SealedValue]:
        """What is there, and what was."""
        found = super().reveal(ticket_id, refs)
        self._shown |= {(ticket_id, ref): kept for ref, kept in found.items()}
        return {ref: self._shown[ticket_id, ref] for ref in refs if (ticket_id, ref) in self._shown}


class EverythingIsNoRef(PartedStore):
    """Erases by reference only, and finds none that is called ``*``."""

    def _forget(self, change: Change, receipts: dict[str, Receipt]) -> None:
        named = tuple(ref for ref in change.erased if ref != EVERYTHING)
        super()._forget(evolve(change, erased=named), receipts)


class ErasesEverything(PartedStore):
    """Erases all values of the ticket, whichever were named."""

    def _forget(self, change: Change, receipts: dict[str, Receipt]) -> None:
        super()._forget(evolve(change, erased=(EVERYTHING,)), receipts)


class ErasesFirstRef(PartedStore):
    """Erases the first value that was named."""

    def _forget(self, change: Change, receipts: dict[str, Receipt]) -> None:
        super()._forget(evolve(change, erased=change.erased[:1]), receipts)


class ErasesOthers(PartedStore):
    """Erases by reference alone: also the values of other tickets."""

    def _forget(self, change: Change, receipts: dict[str, Receipt]) -> None:
        super()._forget(change, receipts)
        for kept in self._sealed.values():
            for ref in change.erased:
                kept.pop(ref, None)


class ErasesAfterwards(PartedStore):
    """Erases when everything else is written: the batch's own values go, too."""

    def _put_sealed(self, batch: Batch) -> None:
        super()._put_sealed(batch)
        for change in batch.changes:
            if EVERYTHING in change.erased:
                self._sealed.get(change.ticket_id, {}).clear()


class DigestsStay(PartedStore):
    """Erases values and leaves the digests of commands, with which they could be tried."""

    def _forget(self, change: Change, receipts: dict[str, Receipt]) -> None:
        super()._forget(change, dict(receipts))  # a copy, which is thrown away


class OwnDigestGoes(PartedStore):
    """Erases the digests of all receipts, also of the command that erases."""

    def _file(self, change: Change) -> None:
        super()._file(change)
        if change.erased:
            receipts = self._receipts[change.ticket_id]
            for name, receipt in receipts.items():
                receipts[name] = evolve(receipt, digest="")


class DigestsOfOthersGo(PartedStore):
    """Erases the digests of the whole table of receipts."""

    def _forget(self, change: Change, receipts: dict[str, Receipt]) -> None:
        for known in self._receipts.values():
            super()._forget(change, known)


class ReceiptsGo(PartedStore):
    """Deletes receipts where only their digests are to go: a repeat is carried out again."""

    def _forget(self, change: Change, receipts: dict[str, Receipt]) -> None:
        super()._forget(change, receipts)
        receipts.clear()


class DigestsElsewhereStay(PartedStore):
    """Erases digests on the ticket itself, and forgets the one that it appeals."""

    def _told(self, change: Change) -> tuple[str, ...]:
        return ()


class ErasesByPattern(MemoryStore):
    """Compares references by ``GLOB``: one with a star or brackets means others as well."""

    def _erase(self, change: Change, told: Sequence[dict[str, Receipt]]) -> None:
        kept = self._sealed.get(change.ticket_id, {})
        named = [each for each in change.erased if each != EVERYTHING]
        for ref in [ref for ref in kept if any(fnmatchcase(ref, each) for each in named)]:
            del kept[ref]
        super()._erase(change, told)


class ErasesForAllTenants(MemoryStore):
    """Leaves the tenant out of the condition: what one erases is gone for all."""

    living: ClassVar[WeakSet["ErasesForAllTenants"]] = WeakSet()

    def __init__(self, *, tenant: str = "") -> None:
        super().__init__(tenant=tenant)
        self.living.add(self)

    def _erase(self, change: Change, told: Sequence[dict[str, Receipt]]) -> None:
        super()._erase(change, told)
        for other in self.living if self.tenant else ():
            for ref in tuple(other._sealed.get(change.ticket_id, {})):
                if ref in change.erased or EVERYTHING in change.erased:
                    del other._sealed[change.ticket_id][ref]
