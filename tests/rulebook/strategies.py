"""Random small rulebooks: every part of them that a file can say."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from unicodedata import normalize

from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from workorder.conditions import ALWAYS, AllOf, AnyOf, Compare, Condition, Negation
from workorder.durations import (
    CalendarDays,
    Duration,
    Earliest,
    Elapsed,
    Months,
    Working,
    WorkingDays,
)
from workorder.errors import ConfigurationError
from workorder.intake import Field, Form
from workorder.rulebook import Rulebook
from workorder.sla import ready
from workorder.sla.clocks import AdoptedPack, Ladder, Mark, Metric, Policy, ServiceLevels, Target
from workorder.ticket.commands import BUILT_IN
from workorder.values import KINDS, Kind
from workorder.workflow import (
    NO_LIMIT,
    Action,
    Approval,
    Argument,
    HoldReason,
    Role,
    Row,
    Scope,
    Settings,
    State,
    Use,
    Workflow,
)
from workorder.workflow.settings import PAUSES
from workorder.workflow.states import STAGES

RANKED = Use("approval_rank_sufficient", {"step": "end"})
TYPED = {each.action: each for each in BUILT_IN}

_signs = st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co", "Mn", "Lo"])
texts = st.text(_signs | st.sampled_from("工单结案\"'\\\n\t\r#[]{}=.\x00\x7f"), max_size=8).filter(
    lambda text: text == normalize("NFC", text)
)
said = texts.filter(lambda text: bool(text.strip()))
names = st.sampled_from(
    ["card", "a.b", "手机", 'q"uote', "with space", "3", "labels", "fields", "rows"]
)
labels = st.dictionaries(st.sampled_from(["en", "zh-CN", "zh-Hant"]), texts, max_size=2)
numbers = st.integers(-(2**63), 2**63 - 1)
figures = st.none() | st.integers(0, 99)


def several(values: SearchStrategy[Any], most: int = 3) -> SearchStrategy[tuple[Any, ...]]:
    """A tuple of different values, perhaps none."""
    return st.lists(values, max_size=most, unique=True).map(tuple)


plain: SearchStrategy[Any] = st.recursive(
    texts
    | numbers
    | st.booleans()
    | st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(names, inner, max_size=2)
    ),
    max_leaves=5,
)


@st.composite
def durations(draw: DrawFn) -> Duration:
    """Durations of some kinds, with and without their rules."""
    count = draw(st.integers(1, 400))
    at: Any = draw(st.sampled_from(["end_of_day", "close", time(17), time(9, 30)]))
    made: list[Duration] = [
        Elapsed(timedelta(minutes=count)),
        Working(timedelta(hours=count)),
        WorkingDays(count, at=at),
        CalendarDays(count, at=at, cut_off=time(15)),
        Months(count, roll="forward"),
    ]
    chosen = draw(st.sampled_from(made))
    return draw(st.sampled_from([chosen, Earliest(chosen, CalendarDays(90))]))


_ordering = st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"])
_leaves = (
    st.builds(Compare, st.sampled_from(["department", "hold_reason"]), _ordering, texts)
    | st.builds(Compare, st.sampled_from(["counts.urges", "counts.reopens"]), _ordering, numbers)
    | st.builds(Compare, st.sampled_from(["asked", "subjects"]), st.just("contains"), texts)
    | st.builds(Compare, st.sampled_from(["times.closed", "urged"]), st.just("missing"))
)
conditions: SearchStrategy[Condition] = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda parts: AllOf(tuple(parts)))
        | st.lists(inner, max_size=2).map(lambda parts: AnyOf(tuple(parts)))
        | st.builds(Negation, inner)
    ),
    max_leaves=4,
)


@st.composite
def fields(draw: DrawFn, name: str) -> Field:
    """A field that no rule of rulebooks is against."""
    kind = draw(st.sampled_from(KINDS))
    sensitive = draw(st.sampled_from([None, True, False])) if kind in {"text", "code"} else None
    sealed = kind == "text" if sensitive is None else sensitive
    written = kind in {"text", "code", "codes"}
    return Field(
        name,
        kind,
        required=draw(st.booleans()),
        sensitive=sensitive,
        searchable=not sealed and kind == "code" and draw(st.booleans()),
        limit=draw(st.none() | st.integers(10, 500)) if written else None,
        choices=draw(several(names)) if written else (),
        labels=draw(labels),
    )


@st.composite
def forms(draw: DrawFn) -> tuple[Form, ...]:
    """Forms that share some fields, and have others by the same name."""
    pool = [draw(fields(name)) for name in draw(st.lists(names, min_size=1, max_size=4))]
    made = []
    for type_ in draw(st.lists(names, min_size=1, max_size=3, unique=True)):
        chosen = draw(st.lists(st.sampled_from(pool), max_size=3, unique_by=lambda each: each.name))
        made.append(Form(type_, tuple(chosen), draw(labels)))
    return tuple(made)


@st.composite
def settings_of(
    draw: DrawFn, forms: tuple[Form, ...], actions: list[str], *, closed: bool
) -> Settings:
    """Settings that go with these forms and actions; *closed* when time may close a ticket."""
    types = st.sampled_from([form.type for form in forms])
    action = st.sampled_from(actions)
    limit = st.none() | durations()
    reasons = [
        HoldReason(
            name,
            draw(labels),
            draw(st.sampled_from(PAUSES)),
            draw(st.just(NO_LIMIT) | durations()),
            draw(several(action)),
            draw(labels),
        )
        for name in draw(several(names))
    ]
    approvals = st.builds(
        Approval,
        st.just("end"),
        st.integers(0, 50).map(lambda rank: (rank,)),
        conditions.filter(lambda condition: condition != ALWAYS),
    )
    least = draw(st.integers(0, 5))
    return Settings(
        required_fields=draw(several(st.sampled_from(["customer", "channel"]))),
        types_without_review=draw(several(types)),
        types_with_intake_approval=draw(several(types)),
        types_requiring_decision_notice=draw(several(types)),
        time_limits=draw(st.dictionaries(types, durations(), max_size=2)),
        retention=draw(st.dictionaries(types, durations(), max_size=2)),
        auto_close_after=draw(limit) if closed else None,
        reopen_window=draw(limit),
        appeal_window=draw(limit),
        urge_min_interval=draw(limit),
        subtask_limit=draw(limit),
        panel_limit=draw(limit),
        longest_extension=draw(limit),
        max_escalation_level=draw(figures),
        max_declines=draw(figures),
        hold_reasons=tuple(reasons),
        approvals=tuple(draw(st.lists(approvals, max_size=2))),
        rating=(least, draw(st.integers(least + 1, 10))),
        own=draw(st.dictionaries(names, plain, max_size=3)),
    )


_level_names = st.sampled_from(
    [
        "answer",
        "cn.decision",
        "首次联系",
        'q"uote',
        "with space",
        "labels",
        "start",
        "marks",
        "targets",
    ]
)
_facts = (
    st.builds(Compare, st.sampled_from(["department", "channel"]), _ordering, texts)
    | st.builds(Compare, st.sampled_from(["counts.urges", "counts.reopens"]), _ordering, numbers)
    | st.builds(Compare, st.just("by"), st.just("eq"), st.sampled_from(["customer", "agent"]))
    | st.builds(Compare, st.just("category"), st.just("in"), st.just(("open", "closed")))
    | st.builds(Compare, st.sampled_from(["times.closed", "told.decision"]), st.just("missing"))
)
_edges = st.builds(Compare, st.just("by"), st.just("eq"), st.sampled_from(["customer", "agent"]))
facts: SearchStrategy[Condition] = st.recursive(
    _facts,
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda parts: AllOf(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=2).map(lambda parts: AnyOf(tuple(parts)))
        | st.builds(Negation, inner)
    ),
    max_leaves=3,
)
_minutes = st.integers(1, 10_000).map(lambda count: timedelta(minutes=count))
_promised: SearchStrategy[Duration] = (
    st.builds(Elapsed, _minutes)
    | st.builds(Working, _minutes)
    | st.builds(WorkingDays, st.integers(1, 60), at=st.sampled_from(["close", time(17)]))
    | st.builds(CalendarDays, st.integers(1, 60), cut_off=st.just(time(15)))
    | st.builds(Earliest, st.builds(Elapsed, _minutes), st.just(CalendarDays(90)))
)


@st.composite
def ladders(draw: DrawFn, name: str) -> Ladder:
    """Marks, each at another place; managers are told a level up at least."""
    places = st.sampled_from(
        [
            "50%",
            "100%",
            "120%",
            "1 working hour before",
            "2 working days after",
            "30 elapsed minutes after",
        ]
    )
    marks = [
        Mark(
            at,
            draw(several(st.sampled_from(["assignee", "department", "manager"]))),
            draw(st.integers(1, 3)),
            escalates=draw(st.booleans()),
            when=draw(st.just(ALWAYS) | facts),
            open_hours=at != "100%" and draw(st.booleans()),
            idle=draw(st.booleans()),
        )
        for at in draw(several(places))
    ]
    return Ladder(name, tuple(marks), draw(labels))


@st.composite
def service_levels(draw: DrawFn, calendar: str = "CN", *, leads: bool = True) -> ServiceLevels:
    """Service levels that promise something for everything they measure."""
    calendars = draw(
        st.dictionaries(_level_names, st.sampled_from(["GB-SCT", "US-FED"]), max_size=2)
    )
    where = st.none() | st.sampled_from(["@department", *calendars])
    rungs = [draw(ladders(name)) for name in draw(several(_level_names, 2))]
    ladder = st.none() | st.sampled_from([None, *(each.name for each in rungs)])
    measured = draw(st.lists(_level_names, min_size=1, max_size=3, unique=True))
    condition = st.just(AnyOf(())) | facts
    happening = st.builds(lambda one, more: AllOf((one, more)), _edges, facts)
    metrics = []
    for name in measured:
        resume = draw(st.none() | happening)
        metrics.append(
            Metric(
                name=name,
                start=draw(facts),
                stop=draw(facts),
                pause=draw(condition if resume is None else happening),
                resume=resume,
                reset=draw(st.just(AnyOf(())) | happening),
                cancel=draw(condition),
                reopen=draw(st.just(AnyOf(())) | happening),
                repeat=draw(st.booleans()),
                anchor=draw(st.sampled_from(["at", "times.opened", "told.decision"])),
                on_reopen=draw(st.sampled_from(["resume", "restart", "keep"])),
                on_change=draw(st.sampled_from(["keep_elapsed", "restart", "retroactive"])),
                extendable=draw(st.booleans()),
                statutory=draw(st.booleans()),
                ladder=draw(ladder),
                labels=draw(labels),
            )
        )
    target = st.builds(
        Target,
        st.sampled_from(measured),
        _promised,
        st.just(ALWAYS) | facts,
        where,
        several(_promised, 2),
    )
    policies = [
        Policy(
            "all",
            tuple(Target(name, draw(_promised)) for name in measured),
            order=9,
            labels=draw(labels),
        )
    ]
    for number, name in enumerate(draw(several(_level_names, 2))):
        chosen = draw(st.lists(target, min_size=1, max_size=3, unique_by=lambda each: each.metric))
        policies.append(Policy(name, tuple(chosen), draw(facts), number, draw(labels)))
    complaints = Compare("type", "missing")
    pack = AdoptedPack("cn_nfra_2020", complaints, (), draw(st.booleans()), None, draw(ladder))
    try:
        return ServiceLevels(
            metrics=tuple(metrics),
            policies=tuple(policies),
            calendar=ready(calendar),
            calendars={name: ready(code) for name, code in calendars.items()},
            calendar_names=calendars,
            departments={
                each: draw(st.sampled_from([*calendars])) for each in draw(several(names, 2))
            }
            if calendars
            else {},
            ladders=tuple(rungs),
            leading=draw(several(st.sampled_from(measured))) if leads else (),
            packs=draw(st.sampled_from([(), (pack,)])),
        )
    except ConfigurationError:  # a condition that never holds, and what follows from it
        reject()


def limits(kind: Kind) -> SearchStrategy[int | None]:
    """How long a value of *kind* may be; only what is written has a length."""
    return st.none() | st.just(9) if kind in {"text", "code", "codes"} else st.none()


@st.composite
def rulebooks(draw: DrawFn) -> Rulebook:
    """A small rulebook: a ticket is opened, worked on in any number of ways, and ended."""
    first, second, last = draw(st.lists(names, min_size=3, max_size=3, unique=True))
    stage = st.sampled_from(STAGES)
    flag = st.booleans()
    states = (
        State(first, draw(stage), "initial", draw(labels), draw(labels)),
        State(second, draw(stage), "open", draw(labels), draw(labels), resolved=draw(flag)),
        State(last, draw(stage), "final", draw(labels), draw(labels), resolved=draw(flag)),
    )
    worker = Role(draw(names), draw(st.sampled_from(Scope)), draw(labels))
    roles = (worker, Role("system"))
    uses = st.sampled_from(
        [
            Use("reason_given"),
            Use("is_assignee"),
            Use("not_own_work", {"besides": ("open",)}),
            Use("own_if_handler", {"roles": (worker.name,)}),
        ]
    )
    rules = several(uses.map(lambda use: (use.rule, tuple(use.parameters.items()))), 2).map(
        lambda pairs: tuple(Use(name, dict(items)) for name, items in pairs)
    )
    own = tuple(
        Argument(name, kind, required=draw(flag), limit=draw(limits(kind)))
        for name in draw(several(names, 2))
        for kind in [draw(st.sampled_from(KINDS))]
    )
    actions = (
        Action("open", TYPED["open"].specs(), draw(labels)),
        Action("work", own, draw(labels)),
        Action("note", (), draw(labels)),
        Action("end", (), draw(labels)),
        Action("close", TYPED["close"].specs(), draw(labels)),
    )
    who = (worker.name,)
    rows = (
        Row("open", (), first, draw(st.sampled_from([who, (worker.name, "system")])), draw(rules)),
        Row("work", first, second, who, draw(rules)),
        Row("note", (first, second), "=", who, draw(rules)),
        Row("end", first, last, (*who, "system"), draw(rules)),
        Row("end", second, last, who, (*draw(rules), RANKED)),
        Row("close", second, last, "system", draw(rules)),
    )
    made = draw(forms())
    name = draw(said)
    calendar = draw(st.sampled_from(["CN", "GB-SCT"]))
    settings = draw(settings_of(made, [e.name for e in actions], closed=states[1].resolved))
    promised = service_levels(calendar, leads=not settings.time_limits)
    return Rulebook(
        name=name,
        version=draw(said),
        labels=draw(labels),
        workflow=Workflow(
            name=draw(st.just(name) | texts),
            states=states,
            roles=roles,
            actions=actions,
            rows=rows,
            settings=settings,
            text_limit=draw(st.integers(1, 30_000)),
        ),
        forms=made,
        clock_skew=timedelta(seconds=draw(st.integers(0, 10_000))),
        late_notice=timedelta(seconds=draw(st.integers(0, 10_000))),
        calendar=ready(calendar),
        sla=draw(promised) if draw(st.integers(0, 3)) == 0 else None,
    )
