"""Bringing in another system's log: every entry once, in order, with where it came from.

An entry is known by the log's name, the ticket's number and the row itself, and its id is
a command id like any other. So the store itself says what is there already: a second run
adds nothing, overlapping files add what is new, and an interrupted run goes on where the
last commit was. The whole file is read and checked before anything is written.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from workorder.desk import Clock, derived_id, system_time
from workorder.errors import StoreError
from workorder.exchange.changes import FieldChanges
from workorder.exchange.conformance import EXAMPLES, START, Conformance, Judge, Kind
from workorder.exchange.mapping import LogMapping
from workorder.exchange.noticing import ACTION, Noticed, Noticer
from workorder.exchange.reading import opened_rows
from workorder.exchange.report import ImportReport
from workorder.exchange.rulebooks import rulebook_of
from workorder.exchange.translating import Entry, Translator
from workorder.instants import aware
from workorder.kernel import evolve
from workorder.rulebook import Rulebook
from workorder.storage import (
    Batch,
    Capability,
    Change,
    Codec,
    Committed,
    Mark,
    Snapshot,
    Stored,
    TicketStore,
)
from workorder.ticket import Imported, SealedValue, Ticket, Trace
from workorder.workflow import ASSIGNEE, ENDED, NEW, Step

CHUNK = 2_000
"""Rows to a commit, about: a ticket's neighbouring rows stay together."""

Progress = Callable[[str, int, int | None], None]
"""Told the phase, how many rows are done, and how many there are, if known."""


def check_log(
    path: str | Path,
    mapping: LogMapping,
    *,
    rulebook: Rulebook | None = None,
    progress: Progress = lambda _phase, _done, _total: None,
) -> int:
    """Read all of a file as *mapping* says, and bring nothing in; how many entries it has.

    Raises:
        ConfigurationError: when the mapping does not fit the rulebook.
        SourceError: when the file cannot be read as the mapping says.
    """
    rules = rulebook or rulebook_of(mapping)
    mapping.check(rules)
    rows = 0
    with opened_rows(path, mapping.columns_read(), mapping.encoding, mapping.delimiter) as opened:
        header, lines = opened
        translator = Translator(mapping, rules, header, str(path))
        for line in lines:
            translator.entry(line)
            rows += 1
            if rows % CHUNK == 0:
                progress("check", rows, None)
    progress("check", rows, rows)
    return rows


def import_log(
    path: str | Path,
    mapping: LogMapping,
    store: TicketStore,
    *,
    rulebook: Rulebook | None = None,
    time: Clock = system_time,
    progress: Progress = lambda _phase, _done, _total: None,
    checked: int | None = None,
    secret: bytes = b"",
) -> ImportReport:
    """Bring the entries of a CSV file (plain or gzip) into *store*.

    Reads the file twice: first to check all of it, then to bring it in. Memory does not grow
    with the file, but for the numbers of its tickets and the last entries of some of them.

    Args:
        path: the file.
        mapping: what its columns and words mean.
        store: where the tickets go.
        rulebook: whose types, fields and states they get; the one that the mapping names, if not
            given.
        time: the clock, for when the entries were taken down here.
        progress: told how far it is.
        checked: what :func:`check_log` said of this file, if it was asked already.
        secret: keys the digests of rows, so that nobody can test guesses of sealed text against
            them; the same for every run on this store, or rows are not recognised.

    Raises:
        ConfigurationError: when the mapping does not fit the rulebook.
        SourceError: when the file cannot be read as the mapping says; nothing was written, unless
            the file changed after it was checked.
        StoreError: ``unsupported`` when a mapped field is sealed and the store keeps no sealed
            values; ``busy`` when others kept changing the same tickets.
    """
    rules = rulebook or rulebook_of(mapping)
    mapping.check(rules)
    file = str(path)
    if checked is None:
        checked = check_log(path, mapping, rulebook=rules, progress=progress)
    work = _Import(file, mapping, store, rules, aware(time(), "time"))
    with opened_rows(path, mapping.columns_read(), mapping.encoding, mapping.delimiter) as opened:
        header, rows = opened
        translator = Translator(mapping, rules, header, file, secret)
        for chunk in _chunks(map(translator.entry, rows)):
            work.bring_in(chunk)
            progress("import", work.rows, checked)
    return work.report()


def _chunks(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Runs of about :data:`CHUNK` entries that end where the ticket changes, if it ever does."""
    chunk: list[Entry] = []
    for entry in entries:
        full = len(chunk) >= CHUNK and entry.key != chunk[-1].key
        if full or len(chunk) >= 10 * CHUNK:
            yield chunk
            chunk = []
        chunk.append(entry)
    if chunk:
        yield chunk


class _Import:
    """One run."""

    def __init__(
        self, file: str, mapping: LogMapping, store: TicketStore, rulebook: Rulebook, now: datetime
    ) -> None:
        self._file = file
        self._mapping = mapping
        self._store = store
        self._rulebook = rulebook
        self._now = now
        self._codec = Codec(rulebook.event_types, tenant=store.tenant)
        form = rulebook.form_by_type[mapping.type]
        specs = {name: form.field(name) for name in mapping.fields}
        self._sealed = frozenset(name for name, spec in specs.items() if spec and spec.sealed)
        if self._sealed and Capability.SEALED not in store.capabilities:
            raise StoreError("unsupported", capability=Capability.SEALED.value)
        guessed = {mapping.roles.default} if mapping.roles.guessed else set()
        self._judge = Judge(rulebook, guessed, names_match=mapping.names_match)
        self._noticer = Noticer(mapping.counters)
        self._keys: set[str] = set()
        self._oddities: dict[str, tuple[int, list[str]]] = {}
        self._conformance = Conformance()
        states = rulebook.workflow.states
        ours = {state.name for state in states if state.stage == "conclusion"}
        theirs = {name for name, category in mapping.foreign.items() if category in ENDED}
        self._concluded = ours | theirs
        self.rows = 0
        self._added = 0
        self._known = 0
        self._skipped = 0

    def report(self) -> ImportReport:
        """What was done."""
        return ImportReport(
            self._file,
            self.rows,
            len(self._keys),
            self._added,
            self._known,
            self._skipped,
            {kind: (number, tuple(keys)) for kind, (number, keys) in self._oddities.items()},
            self._conformance,
        )

    def bring_in(self, chunk: list[Entry]) -> None:
        """Bring in some entries, in one commit."""
        noticed = [self._noticer.notice(entry) for entry in chunk]
        by_key: dict[str, list[Noticed]] = {}
        for each in noticed:
            by_key.setdefault(each.entry.key, []).append(each)
        self._keys.update(by_key)
        for _attempt in range(10):
            found = self._store.load([self._id(key) for key in by_key])
            made = [self._ticket(key, by_key[key], found.get(self._id(key))) for key in by_key]
            changes = tuple(one.change for one in made if one.change is not None)
            sealed = tuple(kept for one in made for kept in one.sealed)
            if not changes or isinstance(self._store.commit(Batch(changes, (), sealed)), Committed):
                break
        else:
            raise StoreError("busy", path=self._file, seconds=0)
        self.rows += len(chunk)
        for one in made:
            self._known += one.known
            self._skipped += one.skipped
            self._added += len(one.judged)
            for kind, key in one.judged:
                if kind is not None:
                    self._conformance.add(kind, key)
            for note, key in one.odd:
                number, keys = self._oddities.get(note, (0, []))
                if len(keys) < EXAMPLES and key not in keys:
                    keys.append(key)
                self._oddities[note] = (number + 1, keys)

    def _id(self, key: str) -> str:
        return derived_id(self._store.tenant, ACTION, self._mapping.source, key)

    def _ticket(self, key: str, entries: list[Noticed], stored: Stored | None) -> "_Made":
        """What becomes of one ticket."""
        ticket_id = self._id(key)
        there: Mapping[str, object] = {}
        ticket = None
        if stored is not None:
            ids = tuple(each.command_id for each in entries)
            there = self._store.load([ticket_id], ids)[ticket_id].receipts
            ticket = stored.snapshot.ticket
        made = _Made()
        new = [each for each in entries if each.command_id not in there]
        made.known = len(entries) - len(new)
        made.odd = [(note, key) for each in entries for note in each.notes]
        if ticket is not None and _worked_on_here(ticket):
            made.skipped = len(new)
            return made
        before = stored.snapshot if stored is not None else None
        head = before.head if before is not None else ""
        expected = ticket.version if ticket is not None else 0
        changed = FieldChanges(self._store, ticket_id, self._sealed)
        records = []
        marks = []
        was = self._last_state(ticket)
        for each in new:
            event = self._event(each, ticket, changed)
            made.odd += [(note, key) for note in event.notes if note not in each.notes]
            made.judged.append((self._judge.judge(ticket, each.was or was, event), key))
            ticket = evolve(ticket, event, ticket_id)
            was = event.state
            record = self._codec.encode(ticket_id, ticket.revision.events, event, head)
            head = self._codec.head(record)
            records.append(record)
            marks.append(Mark(each.command_id, each.row))
        if ticket is not None and records:
            made.change = Change(
                ticket_id,
                expected,
                Snapshot(ticket, head=head),
                tuple(records),
                tuple(marks),
                before,
            )
            made.sealed = changed.sealed
        return made

    def _last_state(self, ticket: Ticket | None) -> str:
        """The state before, in the log's words."""
        if ticket is None:
            return START
        mapping, hold = self._mapping, ticket.work.hold
        reason = hold.reason if hold is not None else None
        names = [
            theirs
            for theirs, ours in mapping.states.items()
            if ours == ticket.state and mapping.holds.get(theirs) == reason
        ]
        return names[0] if len(names) == 1 else ticket.state

    def _event(self, noticed: Noticed, ticket: Ticket | None, changes: FieldChanges) -> Imported:
        entry = noticed.entry
        notes = noticed.notes
        at = entry.at
        if ticket is not None and at < ticket.times.last:
            at = ticket.times.last
            notes = (*notes, "time_raised")
        mapping = self._mapping
        actor = entry.actor or ""
        trace = Trace(
            actor,
            None,
            ticket.version + 1 if ticket is not None else 1,
            at,
            self._now,
            noticed.command_id,
            self._rulebook.digest,
        )
        role = mapping.roles.by_actor.get(actor, mapping.roles.default)
        before = ticket.state if ticket is not None else NEW
        return Imported(
            trace,
            Step(ACTION, role, before, entry.to_state, entry.category),
            mapping.type,
            mapping.source,
            entry.key,
            noticed.row,
            entry.state,
            entry.opened_at or entry.at,
            entry.concluded and entry.category not in ENDED,
            ticket is not None and ticket.state in self._concluded and not entry.concluded,
            entry.at if at != entry.at else None,
            entry.customer,
            entry.channel,
            entry.assignee,
            entry.department,
            changes.of(entry.fields, ticket),
            entry.raw,
            notes,
            entry.hold,
        )


def _worked_on_here(ticket: Ticket) -> bool:
    return any(
        action != ACTION
        for roles in ticket.deeds.values()
        for role, actions in roles.items()
        for action in actions
        if role != ASSIGNEE
    )


class _Made:
    """What one ticket's entries come to."""

    def __init__(self) -> None:
        self.change: Change | None = None
        self.sealed: list[SealedValue] = []
        self.judged: list[tuple[Kind | None, str]] = []
        self.odd: list[tuple[str, str]] = []
        self.known = 0
        self.skipped = 0
