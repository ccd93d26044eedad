"""Bringing an export into a store: every record as it was, in the order in which it was.

Changes of different tickets share a commit until a ticket comes again. Whatever is there already
is compared, and left alone. Tickets are made anew by replay, so nothing is taken on trust: a chain
that does not hold, a total that does not fit, a ticket that comes out another way are errors. The
last commit waits for the last line, and the messages go with it.

Memory does not grow with the file, but for one change and the messages that are pending.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from workorder.errors import InvalidInput, SourceError, StoreError
from workorder.exchange.transfer.checking import Place, Said, Told
from workorder.exchange.transfer.comparing import differing
from workorder.exchange.transfer.lines import Head
from workorder.exchange.transfer.making import Made, Maker
from workorder.exchange.transfer.moment import all_pending
from workorder.exchange.transfer.recent import Recent
from workorder.exchange.transfer.report import LoadReport, Progress
from workorder.exchange.transfer.telling import Telling
from workorder.storage import (
    Answer,
    Batch,
    Capability,
    Codec,
    Committed,
    Message,
    Repeated,
    Snapshot,
    TicketStore,
)

TOGETHER = 300
"""Tickets to a commit, at most."""

TOGETHER_BYTES = 16 * 2**20
"""Bytes of records to a commit, about."""

WITHOUT = ("sealed", "outbox", "unopened", "checks")
"""What may be left out, if it is said so."""

_TRIES = 3
_EXAMPLES = 5


def load_store(
    lines: Iterable[bytes],
    store: TicketStore,
    *,
    codec: Codec | None = None,
    file: str = "-",
    without: Collection[str] = (),
    progress: Progress = lambda _phase, _done, _total: None,
) -> LoadReport:
    """Bring an export into *store*, which may be empty or hold a part of it already.

    Args:
        lines: the lines of the export.
        store: where it goes; of the same tenant, for that is part of every digest.
        codec: knows a host's own events, if there are any.
        file: what errors call it.
        without: ``sealed`` and ``outbox`` leave sealed values or messages out, for a store that
            has no place for them; ``unopened`` leaves out sealed values that are not what was
            sealed; ``checks`` lets tickets come out another way than they were.
        progress: told how many records are done.

    Raises:
        SourceError: for a line that is wrong, a chain that does not hold, a file that was cut;
            with the line, and how many records this run had brought in by then.
        StoreError: ``other_tenant``, ``unsupported`` before anything is written;
            ``already_other`` for a record that is there already and is another one; ``busy`` when
            others kept changing the same tickets.
        InvalidInput: ``not_a_choice`` for an unknown word in *without*.
    """
    for each in without:
        if each not in WITHOUT:
            raise InvalidInput("not_a_choice", name="without", found=each, choices=WITHOUT)
    given = iter(lines)
    place = Place(file)
    telling = Telling(next(given, b""), place)
    check_target(telling.head, store, without, file)
    maker = Maker(store, codec or Codec(tenant=store.tenant), place, without)
    writing = _Writing(store, maker, file, progress)
    speaks = Capability.OUTBOX in store.capabilities and "outbox" not in without
    try:
        for batch, last in _batches(telling.changes(given)):
            writing.write(batch, telling.messages if last and speaks else ())
    except (SourceError, StoreError) as error:
        raise type(error)(error.code, **{**error.facts, "added": writing.added}) from error
    progress("load", writing.added + writing.known, writing.added + writing.known)
    return writing.report(telling)


def check_target(
    head: Head, store: TicketStore, without: Collection[str] = (), file: str = "-"
) -> None:
    """Whether *store* may take an export, and has a place for all that it may hold.

    Raises:
        StoreError: ``other_tenant``, ``unsupported``.
    """
    if head.tenant != store.tenant:
        raise StoreError("other_tenant", path=file, found=head.tenant, expected=store.tenant)
    for each in head.holds:
        if each not in store.capabilities and each not in without:
            raise StoreError("unsupported", capability=each)


def _batches(changes: Iterable[Told]) -> Iterator[tuple[Sequence[Told], bool]]:
    """Changes that can be committed together, and whether they are the last ones, which is known
    only when everything was read.
    """
    batch: dict[str, Told] = {}
    size = 0
    full = False
    for told in changes:
        if batch and (full or told.ticket_id in batch or size + told.size > TOGETHER_BYTES):
            yield tuple(batch.values()), False
            batch, size = {}, 0
        batch[told.ticket_id] = told
        size += told.size
        # An erasure may reach the receipts of another ticket: those that were there, none of later.
        full = told.erases or len(batch) >= TOGETHER
    yield tuple(batch.values()), True


class _Writing:
    """The commits of one run."""

    def __init__(self, store: TicketStore, maker: Maker, file: str, progress: Progress) -> None:
        self._store = store
        self._maker = maker
        self._file = file
        self._progress = progress
        self._recent = Recent(store)
        self._sealed = 0
        self._sent = 0
        self._unopened: list[tuple[str, str]] = []
        self._unopened_count = 0
        self.added = 0
        self.known = 0

    def write(self, batch: Sequence[Told], spoken: Sequence[Message]) -> None:
        """Commit some changes in one go, but for those that are there already."""
        ids = tuple(told.ticket_id for told in batch)
        for _try in range(_TRIES):
            standing = self._recent.standing(ids)
            made = [
                self._maker.make(told, standing.get(told.ticket_id))
                for told in batch
                if not self._is_known(told, standing.get(told.ticket_id))
            ]
            # The last changes bring the messages with them: where they are, the messages were.
            messages = self._unsent(spoken) if made or not batch else ()
            answer = self._commit(made, messages)
            if isinstance(answer, Committed):
                break
            self._recent.forget()
            if isinstance(answer, Repeated):
                self._refuse_repeat(batch, made, answer)
        else:
            raise StoreError("busy", path=self._file, seconds=0)
        self._count(batch, made, messages)

    def _count(
        self, batch: Sequence[Told], made: Sequence[Made], messages: Sequence[Message]
    ) -> None:
        added = sum(len(each.change.records) for each in made)
        self.added += added
        self.known += sum(len(told.said) for told in batch) - added
        self._sent += len(messages)
        for each in made:
            self._sealed += len(each.sealed)
            self._unopened_count += len(each.unopened)
            room = _EXAMPLES - len(self._unopened)
            self._unopened += [(kept.ticket_id, kept.ref) for kept in each.unopened[:room]]
            self._recent.stands(each.change.ticket_id, each.change.snapshot)
        self._progress("load", self.added + self.known, None)

    def _refuse_repeat(self, batch: Sequence[Told], made: Sequence[Made], answer: Repeated) -> None:
        """A command may have been carried out meanwhile, with what it brought, and is known then;
        where the ticket stands as it did, it was brought in with other records.
        """
        before = next(x.change.before for x in made if x.change.ticket_id == answer.ticket_id)
        known = self._recent.standing((answer.ticket_id,)).get(answer.ticket_id)
        if (known.head if known else "") == (before.head if before else ""):
            told = next(each for each in batch if each.ticket_id == answer.ticket_id)
            raise self._other(told.said[-1])

    def _commit(self, made: Sequence[Made], messages: Sequence[Message]) -> Answer:
        if not made and not messages:
            return Committed()
        changes = tuple(each.change for each in made)
        sealed = tuple(kept for each in made for kept in each.sealed)
        return self._store.commit(Batch(changes, tuple(messages), sealed))

    def _is_known(self, told: Told, before: Snapshot | None) -> bool:
        """Whether a change is there already, just as it is told."""
        if before is None or before.ticket.revision.events < told.first:
            return False
        other = differing(self._store, told, before)
        if other is not None:
            raise self._other(other)
        return True

    def _other(self, said: Said) -> StoreError:
        record = said.record
        where = {"ticket": record.ticket_id, "sequence": record.sequence}
        return StoreError("already_other", file=self._file, line=said.line, **where)

    def _unsent(self, spoken: Sequence[Message]) -> Sequence[Message]:
        """Messages that do not wait in the store already: an earlier export may have held them."""
        there = Counter(all_pending(self._store)) if spoken else Counter[Message]()
        found = []
        for each in spoken:
            if there[each]:
                there[each] -= 1
            else:
                found.append(each)
        return found

    def report(self, telling: Telling) -> LoadReport:
        """What was done."""
        counted = telling.counted()
        return LoadReport(
            self._file,
            counted.tickets,
            counted.records,
            self.added,
            self.known,
            self._sealed,
            self._sent,
            tuple(self._unopened),
            self._unopened_count,
            counted.root,
        )
