"""Bringing in another system's log: every entry once, in order, with where it came from.

An entry is known by the log's name, the ticket's number and the row itself, and its id is
a command id like any other. So the store itself says what is there already: a second run
adds nothing, overlapping files add what is new, and an interrupted run goes on where the
last commit was. The whole file is read and checked before anything is written.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any

from attrs import field, frozen

from workorder.canonical import normal_text
from workorder.desk import Clock, derived_id, system_time
from workorder.errors import StoreError
from workorder.exchange.conformance import EXAMPLES, START, Conformance, Judge
from workorder.exchange.mapping import LogMapping
from workorder.exchange.reading import opened_rows
from workorder.exchange.translating import Entry, Translator
from workorder.instants import aware
from workorder.kernel import evolve
from workorder.rulebook import Rulebook, basic
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
from workorder.ticket import Imported, Sealed, SealedValue, Ticket, Trace, seal
from workorder.ticket.sealing import SALT_BYTES
from workorder.workflow import NEW, Step

CHUNK = 2_000
"""Rows to a commit, about: a ticket's neighbouring rows stay together."""

REMEMBERED = 100_000
"""Tickets whose last entry is kept in mind while reading, to notice what changed."""

ACTION = "import"
Progress = Callable[[str, int, int | None], None]
"""Told the phase, how many rows are done, and how many there are, if known."""


@frozen(eq=False)
class ImportReport:
    """What an import did.

    Attributes:
        file: the file.
        rows: entries in it.
        tickets: tickets in it.
        added: entries brought in by this run.
        known: entries that were there already.
        skipped: entries not brought in, because people have worked on the ticket here since.
        oddities: entries with each kind of oddity, and the numbers of the first tickets.
        conformance: what the workflow says to the steps this run brought in.
    """

    file: str
    rows: int = 0
    tickets: int = 0
    added: int = 0
    known: int = 0
    skipped: int = 0
    oddities: Mapping[str, tuple[int, tuple[str, ...]]] = field(factory=dict)
    conformance: Conformance = field(factory=Conformance)

    def as_data(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "file": self.file,
            "rows": self.rows,
            "tickets": self.tickets,
            "added": self.added,
            "known": self.known,
            "skipped": self.skipped,
            "oddities": {
                kind: {"count": number, "examples": list(keys)}
                for kind, (number, keys) in sorted(self.oddities.items())
            },
            "conformance": self.conformance.as_data(),
        }


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
    rules = rulebook or basic()
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
) -> ImportReport:
    """Bring the entries of a CSV file (plain or gzip) into *store*.

    Reads the file twice: first to check all of it, then to bring it in. Memory does not grow
    with the file, but for the last entry of up to :data:`REMEMBERED` tickets.

    Args:
        path: the file.
        mapping: what its columns and words mean.
        store: where the tickets go.
        rulebook: whose types, fields and states they get; the basic one, if not given.
        time: the clock, for when the entries were taken down here.
        progress: told how far it is.
        checked: what :func:`check_log` said of this file, if it was asked already.

    Raises:
        ConfigurationError: when the mapping does not fit the rulebook.
        SourceError: when the file cannot be read as the mapping says; nothing was written.
        StoreError: ``unsupported`` when a mapped field is sealed and the store keeps no sealed
            values; ``busy`` when others kept changing the same tickets.
    """
    rules = rulebook or basic()
    file = str(path)
    if checked is None:
        checked = check_log(path, mapping, rulebook=rules, progress=progress)
    work = _Import(file, mapping, store, rules, aware(time(), "time"))
    with opened_rows(path, mapping.columns_read(), mapping.encoding, mapping.delimiter) as opened:
        header, rows = opened
        translator = Translator(mapping, rules, header, file)
        for chunk in _chunks(map(translator.entry, rows)):
            work.bring_in(chunk)
            progress("import", work.rows, checked)
    return work.report()


def _chunks(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Runs of about :data:`CHUNK` entries that end where the ticket changes."""
    chunk: list[Entry] = []
    for entry in entries:
        if len(chunk) >= CHUNK and entry.key != chunk[-1].key:
            yield chunk
            chunk = []
        chunk.append(entry)
    if chunk:
        yield chunk


@frozen
class _Noticed:
    """An entry, and what was noticed about it beside the entries before it.

    Attributes:
        entry: the entry.
        row: its identity within the ticket: the digest of the row, numbered if not the first.
        reopened: a concluded ticket is worked on again.
        notes: everything odd about it.
    """

    entry: Entry
    row: str
    reopened: bool
    notes: tuple[str, ...]

    @property
    def command_id(self) -> str:
        """The id it is brought in under."""
        return f"{ACTION}:{self.row}"


@frozen
class _Seen:
    """What is kept in mind of a ticket's last entry while reading on."""

    at: datetime
    department: str | None
    concluded: bool
    counters: Mapping[str, int]
    rows: Counter[str]


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
        self._codec = Codec(rulebook.event_types)
        form = rulebook.form_by_type[mapping.type]
        specs = {name: form.field(name) for name in mapping.fields}
        self._sealed = frozenset(name for name, spec in specs.items() if spec and spec.sealed)
        if self._sealed and Capability.SEALED not in store.capabilities:
            raise StoreError("unsupported", capability=Capability.SEALED.value)
        guessed = {mapping.roles.default} if mapping.roles.guessed else set()
        self._judge = Judge(rulebook.workflow, guessed, names_match=mapping.names_match)
        self._seen: dict[str, _Seen] = {}
        self._keys = 0
        self._oddities: dict[str, tuple[int, list[str]]] = {}
        self._conformance = Conformance()
        self.rows = 0
        self._added = 0
        self._known = 0
        self._skipped = 0

    def report(self) -> ImportReport:
        """What was done."""
        return ImportReport(
            self._file,
            self.rows,
            self._keys,
            self._added,
            self._known,
            self._skipped,
            {kind: (number, tuple(keys)) for kind, (number, keys) in self._oddities.items()},
            self._conformance,
        )

    def bring_in(self, chunk: list[Entry]) -> None:
        """Bring in some entries, in one commit."""
        noticed = [self._notice(entry) for entry in chunk]
        by_key: dict[str, list[_Noticed]] = {}
        for each in noticed:
            by_key.setdefault(each.entry.key, []).append(each)
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
        for each in noticed:
            for note in each.notes:
                number, keys = self._oddities.get(note, (0, []))
                if len(keys) < EXAMPLES and each.entry.key not in keys:
                    keys.append(each.entry.key)
                self._oddities[note] = (number + 1, keys)

    def _id(self, key: str) -> str:
        return derived_id(self._store.tenant, ACTION, self._mapping.source, key)

    def _notice(self, entry: Entry) -> _Noticed:
        """What is to be noticed about the next entry of the file."""
        notes = list(entry.notes)
        last = self._seen.get(entry.key)
        counters = self._mapping.counters
        reopened = last is not None and last.concluded and not entry.concluded
        alike = last.rows if last is not None else Counter[str]()
        alike[entry.row] += 1
        if last is None:
            self._keys += 1
            if entry.opened_at is not None and entry.at < entry.opened_at:
                notes.append("before_opened")
        else:
            if entry.at < last.at:
                notes.append("time_back")
            for column, number in entry.counters.items():
                before = last.counters.get(column, number)
                if number < before:
                    notes.append("counter_back")
                if number > before and column == counters.handovers:
                    if entry.department == last.department:
                        notes.append("handover_unseen")
                elif number > before and column == counters.reopens and not reopened:
                    notes.append("reopen_unseen")
        self._seen.pop(entry.key, None)
        self._seen[entry.key] = _Seen(
            entry.at, entry.department, entry.concluded, entry.counters, alike
        )
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        number = alike[entry.row]
        row = entry.row if number == 1 else f"{entry.row}#{number}"
        return _Noticed(entry, row, reopened, tuple(dict.fromkeys(notes)))

    def _ticket(self, key: str, entries: list[_Noticed], stored: Stored | None) -> "_Made":
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
        if ticket is not None and _worked_on_here(ticket):
            made.skipped = len(new)
            return made
        before = stored.snapshot if stored is not None else None
        expected = ticket.version if ticket is not None else 0
        writer = _Writer(self._store, ticket_id, self._sealed, made)
        records = []
        marks = []
        was = self._last_state(ticket)
        for each in new:
            event = self._event(each, ticket, writer)
            made.judged.append((self._judge.judge(ticket, was, event), key))
            ticket = evolve(ticket, event, ticket_id)
            was = event.state
            records.append(self._codec.encode(ticket_id, ticket.revision.events, event))
            marks.append(Mark(each.command_id, each.row))
        if ticket is not None and records:
            made.change = Change(
                ticket_id, expected, Snapshot(ticket), tuple(records), tuple(marks), before
            )
        return made

    def _last_state(self, ticket: Ticket | None) -> str:
        """The state before, in the log's words."""
        if ticket is None:
            return START
        names = [theirs for theirs, ours in self._mapping.states.items() if ours == ticket.state]
        return names[0] if len(names) == 1 else ticket.state

    def _event(self, noticed: _Noticed, ticket: Ticket | None, writer: "_Writer") -> Imported:
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
            entry.concluded and entry.category not in {"closed", "final"},
            noticed.reopened,
            entry.at if at != entry.at else None,
            entry.customer,
            entry.channel,
            entry.assignee,
            entry.department,
            writer.changed(entry.fields, ticket),
            entry.raw,
            notes,
        )


def _worked_on_here(ticket: Ticket) -> bool:
    return any(
        action != ACTION
        for roles in ticket.deeds.values()
        for actions in roles.values()
        for action in actions
    )


class _Made:
    """What one ticket's entries come to."""

    def __init__(self) -> None:
        self.change: Change | None = None
        self.sealed: list[SealedValue] = []
        self.judged: list[tuple[Any, str]] = []
        self.known = 0
        self.skipped = 0


class _Writer:
    """Finds the fields an entry changed, sealing those that are to be sealed."""

    def __init__(
        self, store: TicketStore, ticket_id: str, sealed: frozenset[str], made: _Made
    ) -> None:
        self._store: Any = store
        self._ticket_id = ticket_id
        self._sealed = sealed
        self._made = made
        self._kept: dict[str, str] = {}

    def changed(
        self, values: Mapping[str, str | int | bool | None], ticket: Ticket | None
    ) -> dict[str, Any]:
        """The fields of *values* that differ from the ticket's."""
        had = ticket.fields if ticket is not None else {}
        found: dict[str, Any] = {}
        sequence = ticket.revision.events + 1 if ticket is not None else 1
        for name, value in values.items():
            before = had.get(name)
            if name not in self._sealed or value is None:
                if before != value or ticket is None:
                    found[name] = value
                continue
            text = normal_text(str(value))
            if not isinstance(before, Sealed) or self._text(before) != text:
                salt = token_bytes(SALT_BYTES)
                found[name], kept = seal(self._ticket_id, f"{sequence}.{name}", salt, text)
                self._kept[kept.ref] = text
                self._made.sealed.append(kept)
        return found

    def _text(self, sealed: Sealed) -> str | None:
        """The text behind a reference, from this run or from the store."""
        if sealed.ref not in self._kept:
            kept = self._store.reveal(self._ticket_id, (sealed.ref,)).get(sealed.ref)
            if kept is None:
                return None
            self._kept[sealed.ref] = kept.value
        return self._kept[sealed.ref]
