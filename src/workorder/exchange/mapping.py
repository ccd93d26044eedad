"""A mapping: what the columns and words of another system's log mean here."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import astuple, frozen

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.rulebook import Rulebook
from workorder.workflow.states import CATEGORIES, Category

ISO = "iso"
"""As a date format: ISO 8601, with or without an offset."""

_ANY = datetime(2026, 11, 22, 13, 45, tzinfo=UTC)

BASIC = "basic"
"""The rulebook of a mapping that names none."""

_BEFORE_HOLD = "@before_hold"

KEEP = "keep"
REFUSE = "refuse"
UNKNOWN = (KEEP, REFUSE)


def _readable(form: str) -> bool:
    """Whether dates can be written and read in this format."""
    try:
        datetime.strptime(_ANY.strftime(form), form)  # noqa: DTZ007 (only the form is of interest)
    except ValueError:
        return False
    return True


@frozen
class Columns:
    """Which column says what. ``key``, ``state`` and ``at`` must be there.

    Attributes:
        key: the ticket's number.
        state: its state after the entry.
        at: when the entry was made.
        opened_at: when the ticket was opened; the first entry's instant, if not given.
        actor: who made the entry.
        assignee: who has the ticket after it.
        department: which department has it after it.
        customer: whose it is.
        channel: how it came in.
        active: a flag that is false once the ticket is closed; checked against the state.
    """

    key: str
    state: str
    at: str
    opened_at: str | None = None
    actor: str | None = None
    assignee: str | None = None
    department: str | None = None
    customer: str | None = None
    channel: str | None = None
    active: str | None = None


@frozen
class FieldColumn:
    """Where a form's field comes from.

    Attributes:
        column: the column.
        values: what its cells mean, if they are not to be taken as they are.
    """

    column: str
    values: Mapping[str, str | int | bool] = {}


@frozen
class Roles:
    """In which role the people of the log acted.

    Attributes:
        default: the role of everybody not named below.
        guessed: whether that is a guess, which the conformance report then says.
        by_actor: the roles of people it is known of.
    """

    default: str
    guessed: bool = True
    by_actor: Mapping[str, str] = {}


@frozen
class Counters:
    """The other system's own counters; checked entry by entry, never taken over.

    Attributes:
        handovers: how often the department changed so far.
        reopens: how often a concluded ticket was worked on again so far.
        others: columns that never fall.
    """

    handovers: str | None = None
    reopens: str | None = None
    others: tuple[str, ...] = ()


@frozen
class LogMapping:
    """How to read one kind of log.

    Attributes:
        source: the name of the other system; with a ticket's number it is the ticket's identity.
        type: the ticket type of everything in the log.
        columns: which column says what.
        states: its states → ours.
        roles: in which role people acted.
        rulebook: whose types, fields, states and roles these are: the name of one that ships, or
            a ``.toml`` file, looked for beside the mapping.
        zone: the time zone of its dates.
        dates: formats of its dates (as for ``strptime``, or ``"iso"``), tried in order.
        missing: cells that mean "not known".
        fields: fields of the form, from columns.
        foreign: its states that have no counterpart here, with their category.
        holds: of its states, those in which a ticket waits → why, as one of the settings' hold
            reasons.
        counters: its own counters.
        raw: columns kept as they stand.
        names_match: whether actors and assignees go by the same names, so that it can be told who
            acted on their own ticket.
        unknown_states: ``keep`` an unknown state under its own name, or ``refuse`` the file.
        unknown_values: the same for a cell that a field's table of values does not have.
        encoding: the file's encoding; one in which a line ends in the byte 10.
        delimiter: what stands between cells.
        file: where the mapping was read from, for messages.
    """

    source: str
    type: str
    columns: Columns
    states: Mapping[str, str]
    roles: Roles
    rulebook: str = BASIC
    zone: str = "UTC"
    dates: tuple[str, ...] = (ISO,)
    missing: tuple[str, ...] = ("",)
    fields: Mapping[str, FieldColumn] = {}
    foreign: Mapping[str, Category] = {}
    holds: Mapping[str, str] = {}
    counters: Counters = Counters()
    raw: tuple[str, ...] = ()
    names_match: bool = True
    unknown_states: str = KEEP
    unknown_values: str = KEEP
    encoding: str = "utf-8"
    delimiter: str = ","
    file: str = ""

    def check(self, rulebook: Rulebook) -> None:
        """Refuse a mapping that does not fit *rulebook*.

        Raises:
            ConfigurationError: with every finding: file, key, found, expected.
        """
        found = [
            Finding(each.key, each.found, each.expected, self.file)
            for each in (*self._own(), *self._against(rulebook))
        ]
        if found:
            raise ConfigurationError(found)

    def _own(self) -> Iterator[Finding]:
        if not self.source.strip():
            yield Finding("source", "nothing", "a name for the other system")
        if len(self.delimiter) != 1 or self.delimiter in '\r\n" ':
            yield Finding("delimiter", repr(self.delimiter), "one character")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield Finding("zone", self.zone, "an IANA time zone such as Asia/Shanghai")
        try:
            if "\n".encode(self.encoding) != b"\n":
                yield Finding("encoding", self.encoding, "an encoding that keeps ASCII, as utf-8")
        except (LookupError, ValueError):
            yield Finding("encoding", self.encoding, "a known encoding such as utf-8 or gb18030")
        for form in self.dates:
            if form != ISO and not _readable(form):
                yield Finding("dates", form, 'a format such as "%Y-%m-%d %H:%M", or "iso"')
        if not self.dates:
            yield Finding("dates", "none", 'a format such as "%Y-%m-%d %H:%M", or "iso"')
        for key in ("unknown_states", "unknown_values"):
            if getattr(self, key) not in UNKNOWN:
                yield Finding(key, getattr(self, key), one_of(UNKNOWN, getattr(self, key)))

    def _against(self, rulebook: Rulebook) -> Iterator[Finding]:
        workflow = rulebook.workflow
        states = tuple(workflow.state_by_name)
        roles = tuple(workflow.role_by_name)
        for theirs, ours in self.states.items():
            if ours not in states:
                yield Finding(f"states.{theirs}", ours, one_of(states, ours))
        for theirs, category in self.foreign.items():
            if category not in CATEGORIES:
                yield Finding(f"foreign.{theirs}", category, one_of(CATEGORIES, category))
            if theirs in self.states:
                yield Finding(f"foreign.{theirs}", "also under states", "one of the two")
            if theirs in states:
                yield Finding(f"foreign.{theirs}", "the name of one of our states", "[states]")
        yield from self._waiting(rulebook)
        by_actor = {f"by_actor.{person}": role for person, role in self.roles.by_actor.items()}
        for key, name in {"default": self.roles.default, **by_actor}.items():
            if name not in roles:
                yield Finding(f"roles.{key}", name, one_of(roles, name))
        form = rulebook.form_by_type.get(self.type)
        if form is None:
            yield Finding("type", self.type, one_of(rulebook.form_by_type, self.type))
            return
        known = tuple(each.name for each in form.fields)
        for name in self.fields:
            if name not in known:
                yield Finding(f"fields.{name}", "an unknown field", one_of(known, name))

    def _waiting(self, rulebook: Rulebook) -> Iterator[Finding]:
        workflow = rulebook.workflow
        reasons = tuple(each.name for each in workflow.settings.hold_reasons)
        returning = (row.sources for row in workflow.rows if row.target == _BEFORE_HOLD)
        waited_in = tuple(dict.fromkeys(state for sources in returning for state in sources))
        for theirs, reason in self.holds.items():
            ours = self.states.get(theirs)
            if ours is None:
                yield Finding(f"holds.{theirs}", "not under states", one_of(self.states, theirs))
            elif ours in workflow.state_by_name and ours not in waited_in:
                expected = f"a word for {' or '.join(waited_in)}" if waited_in else "nothing"
                yield Finding(f"holds.{theirs}", f"a word for {ours}", expected)
            if reason not in reasons:
                expected = one_of(reasons, reason) if reasons else "a rulebook with hold reasons"
                yield Finding(f"holds.{theirs}", reason, expected)

    def columns_read(self) -> tuple[str, ...]:
        """Every column the mapping needs, each once."""
        named = [
            *astuple(self.columns),
            self.counters.handovers,
            self.counters.reopens,
            *self.counters.others,
            *(each.column for each in self.fields.values()),
            *self.raw,
        ]
        return tuple(dict.fromkeys(name for name in named if name is not None))
