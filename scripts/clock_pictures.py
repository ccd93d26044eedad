"""Draw the pictures of how SLA clocks work, from the library's own clocks.

Nothing in them is typed but what happened and when: how a clock takes it is asked of the library.
Started by hand after a change; a test compares the pictures with what this program would draw.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from attrs import evolve

from workorder.clocks import Clock
from workorder.conditions import NEVER, Condition, where
from workorder.durations import parse
from workorder.sla import BusinessCalendar, ListedHolidays
from workorder.sla.clocks import (
    ClockLane,
    Facts,
    Ladder,
    Mark,
    Metric,
    Moment,
    Policy,
    Reached,
    ServiceLevels,
    Stretch,
    Target,
    Timeline,
    advance,
    fired,
    timeline_svg,
)
from workorder.sla.clocks.metric import CHANGES, REOPENINGS
from workorder.texts import Label

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "pictures"

# --- what is asked --------------------------------------------------------------------------

SHANGHAI = ZoneInfo("Asia/Shanghai")
NATION = ListedHolidays.of(
    holidays=[date(2026, 10, day) for day in range(1, 8)],
    workdays=[date(2026, 10, 10)],
    name="autumn holiday",
    published_through=date(2026, 12, 31),
)
DESK = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", NATION)
LONDON = BusinessCalendar("Europe/London", "Mo-Fr 09:00-17:00")
HOTLINE = BusinessCalendar("Asia/Shanghai", "Mo-Su 08:00-22:00")
LADDER = Ladder("usual", (Mark("50%"), Mark("1 working hour before"), Mark("1 working day after")))

Happened = tuple[datetime, Mapping[str, object]]


def at(day: int, hour: int = 0, minute: int = 0, month: int = 9) -> datetime:
    """An instant in September on the clock in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def did(name: str) -> Condition:
    """Whether an action was taken."""
    return where("action").equals(name)


def metric(name: str, label: str, **how: object) -> Metric:
    """A metric that waits while a ticket is on hold, unless *how* says otherwise."""
    usual: dict[str, object] = {
        "start": did("open"),
        "stop": did("answer"),
        "pause": where("state").equals("on_hold"),
        "reopen": did("reopen"),
        "labels": {"en": label},
    }
    return Metric(name=name, **{**usual, **how})  # type: ignore[arg-type]


def levels(metrics: Mapping[Metric, str], *urgent: Policy, **more: object) -> ServiceLevels:
    """Service levels of *metrics*, each with how long it may take."""
    targets = tuple(Target(each.name, parse(within)) for each, within in metrics.items())
    policies = (*urgent, Policy("usual", targets))
    return ServiceLevels(
        metrics=tuple(metrics),
        policies=policies,
        calendar=DESK,
        ladders=(LADDER,),
        **more,  # type: ignore[arg-type]
    )


Lanes = list[ClockLane]


def lived(
    service: ServiceLevels, story: Sequence[Happened], now: datetime, called: str = ""
) -> Lanes:
    """The clocks of *service* after *story*, with the marks that were reached, each at its own
    instant; under another name, if they are called something.
    """
    clocks: dict[str, Clock] = {}
    reached: dict[str, tuple[Reached, ...]] = {}
    before: Facts | None = None
    for instant, facts in [*story, (now, None)]:
        for name, clock in clocks.items():
            while clock.mark is not None and clock.mark_at is not None and clock.mark_at <= instant:
                reached[name] = (*reached.get(name, ()), Reached(clock.mark, clock.mark_at))
                clock = clocks[name] = fired(clock, service, clock.mark_at)  # noqa: PLW2901
        if facts is not None:
            happened = Moment(instant, (Facts(facts),), before=before)
            clocks.update(advance(clocks, happened, service).changed)
            before = happened.now  # type: ignore[assignment]  # these are the facts
    lanes = [
        ClockLane.of(clock, now, service, reached.get(name, ())) for name, clock in clocks.items()
    ]
    return [named(each, called) for each in lanes] if called else lanes


def named(lane: ClockLane, called: str) -> ClockLane:
    """*lane* under another name."""
    reading = evolve(lane.ledger.reading, label=Label(called))
    return evolve(lane, ledger=evolve(lane.ledger, reading=reading))


def drawn(
    title: str,
    now: datetime,
    lanes: Sequence[ClockLane],
    states: tuple[Stretch, ...] = (),
    holds: tuple[Stretch, ...] = (),
) -> str:
    """The picture of some clocks."""
    return timeline_svg(Timeline(title, now, DESK, states, holds, tuple(lanes)))


def stretch(label: str, start: datetime, end: datetime | None = None) -> Stretch:
    """A state, or a hold."""
    return Stretch(Label(label), start, end)


OPEN, ON_HOLD = {"state": "open"}, {"state": "on_hold"}


def opened(instant: datetime, **facts: object) -> Happened:
    """A ticket is opened."""
    return instant, {"action": "open", **OPEN, **facts}


def waited(start: datetime, end: datetime) -> tuple[Happened, Happened]:
    """It waits from one instant to another."""
    return (start, {"action": "hold", **ON_HOLD}), (end, {"action": "resume", **OPEN})


# --- the pictures ---------------------------------------------------------------------------


def clock_story() -> str:
    """A complaint: its states, a hold, and three clocks with three answers to it."""
    begun, asked, answered, now = at(21, 10), at(23, 11), at(28, 10), at(28, 15)
    service = levels(
        {
            metric("first", "First contact", stop=did("contact")): "2 working hours",
            metric("resolution", "Resolution", ladder="usual"): "24 working hours",
            metric("decision", "Decision owed by law", pause=NEVER): "15 calendar days",
        }
    )
    contacted = at(21, 11, 10)
    told = (contacted, {"action": "contact", **OPEN})
    lanes = lived(service, [opened(begun), told, *waited(asked, answered)], now)
    return drawn(
        "A complaint that waited for the customer",
        now,
        lanes,
        (
            stretch("open", begun, contacted),
            stretch("in progress", contacted, asked),
            stretch("on hold", asked, answered),
            stretch("in progress", answered),
        ),
        (stretch("waiting for the customer", asked, answered),),
    )


def clock_days() -> str:
    """Three working days: without a pause, with one over lunch, with one over two evenings."""
    service = levels({metric("answer", "Answer"): "3 working days"})
    begun, now = at(21, 10), at(24, 12)
    several = {
        "no pause": (),
        "paused over lunch": waited(at(22, 12, 15), at(22, 13, 15)),
        "Tuesday to Thursday": waited(at(22, 11), at(24, 10)),
    }
    lanes = [
        each
        for called, pause in several.items()
        for each in lived(service, [opened(begun), *pause], now, called)
    ]
    return drawn("Three working days: a pause takes out the days that end in it", now, lanes)


def clock_hand_over() -> str:
    """Sixteen working hours in Shanghai, and the same handed to London on the way."""
    answer = metric("answer", "Answer")
    target = Target("answer", parse("16 working hours"), calendar="@department")
    service = ServiceLevels(
        metrics=(answer,),
        policies=(Policy("usual", (target,)),),
        calendar=DESK,
        calendars={"london": LONDON},
        departments={"london": "london"},
    )
    begun, now = opened(at(21, 15)), at(22, 20)
    moved = (at(22, 15), {"action": "transfer", "department": "london", **OPEN})
    return drawn(
        "What was used in Shanghai stays used when London goes on",
        now,
        [
            *lived(service, [begun], now, "stays in Shanghai"),
            *lived(service, [begun, moved], now, "handed to London"),
        ],
    )


def clock_change() -> str:
    """A complaint becomes urgent on the second day: three ways in which a clock takes it."""
    metrics = {metric(each, each, on_change=each): "24 working hours" for each in CHANGES}
    soon = parse("22 working hours")
    service = levels(
        metrics,
        Policy(
            "urgent",
            tuple(Target(each, soon, calendar="hotline") for each in CHANGES),
            when=where("fields.priority").equals(1),
            order=10,
        ),
        calendars={"hotline": HOTLINE},
    )
    urgent = (at(22, 15), {"action": "classify", "fields.priority": 1, **OPEN})
    now = at(22, 16)
    title = "On Tuesday at 15:00: from 24 hours of the desk to 22 hours of the hotline"
    return drawn(title, now, lived(service, [opened(at(21, 9)), urgent], now))


def clock_reopening() -> str:
    """Answered on Tuesday, re-opened on Thursday: three ways to go on."""
    metrics = {metric(each, each, on_reopen=each): "16 working hours" for each in REOPENINGS}
    story = [
        opened(at(21, 15)),
        (at(22, 16), {"action": "answer", "state": "resolved"}),
        (at(24, 10), {"action": "reopen", **OPEN}),
    ]
    now = at(24, 16)
    title = "Answered on Tuesday at 16:00, re-opened on Thursday at 10:00"
    return drawn(title, now, lived(levels(metrics), story, now))


def clock_law() -> str:
    """An internal target that would outlast what the law asks for, and does not."""
    internal = metric("resolution", "Resolution, 10 working days")
    owed = metric("decision", "Decision, 7 calendar days", pause=NEVER, statutory=True)
    alone = levels({internal: "10 working days"})
    both = levels({internal: "10 working days", owed: "7 calendar days"})
    story, now = [opened(at(14, 10))], at(16, 15)
    return drawn(
        "No internal target ends after what the law asks for",
        now,
        [*lived(alone, story, now, "10 working days, alone"), *lived(both, story, now)],
    )


def clock_marks() -> str:
    """Marks before and after due, and the breach, which every clock has."""
    service = levels({metric("answer", "Answer", ladder="usual"): "8 working hours"})
    now = at(22, 16)
    title = "Half of the time, an hour before, the breach, a working day after"
    return drawn(title, now, lived(service, [opened(at(21, 14))], now))


PICTURES: dict[str, Callable[[], str]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        clock_story,
        clock_days,
        clock_hand_over,
        clock_change,
        clock_reopening,
        clock_law,
        clock_marks,
    )
}


def pictures() -> dict[Path, str]:
    """Every picture and where it lies."""
    return {FOLDER / f"{name}.svg": make() for name, make in PICTURES.items()}


def main() -> None:
    """Write the pictures."""
    for path, text in pictures().items():
        path.write_text(text, encoding="utf-8")
        print(f"written: {path.name}")


if __name__ == "__main__":
    main()
