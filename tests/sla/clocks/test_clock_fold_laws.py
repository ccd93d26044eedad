"""Laws of the fold: what stays, what adds up, and what nobody can change by looking."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.sla.clocks.strategies import NAME, Story, stories
from tests.sla.oracle import instant_of
from workorder.clocks import Clock
from workorder.clocks.wire import clock_data, clock_from_data
from workorder.sla.clocks import ServiceLevels, account, advance, fired, read
from workorder.sla.clocks.pieces import duration_of

MARKS = ("25%", "50%", "75%", "150%", "1 working hour before", "2 working hours after")
LOOKS = st.lists(st.integers(-200, 9000), max_size=6)


@given(stories())
def test_folding_on_from_what_was_stored_is_folding_from_the_start(story: Story) -> None:
    """A clock that is written down and read back after every moment goes on as the other does."""
    stored: dict[str, object] = {}
    for _, moment, clocks, _ in story.folded():
        known = {name: clock_from_data(each) for name, each in stored.items()}  # type: ignore[arg-type]  # what clock_data made
        known |= advance(known, moment, story.levels).changed
        assert known == clocks
        stored = {name: clock_data(each) for name, each in known.items()}


@given(stories(), st.lists(st.integers(-100, 6000), min_size=1, max_size=3))
def test_the_account_adds_up_to_what_was_used(story: Story, later: list[int]) -> None:
    """Its rows lie in order, do not overlap, and add up exactly."""
    clock = story.clock()
    assume(clock is not None)
    assert clock is not None
    for each in later:
        now = instant_of(story.said[-1].minute + each) + timedelta(microseconds=each)
        ledger = account(clock, now, story.levels)
        assert ledger.total == ledger.reading.used
        for row, following in pairwise(ledger.rows):
            assert following.total == row.total + following.counted  # type: ignore[operator]  # of one kind
        timed = [(row.start, row.end) for row in ledger.rows if row.start and row.end]
        assert all(start < end for start, end in timed)
        assert all(end <= start for (_, end), (start, _) in pairwise(timed))
        whole = [(row.day, row.last_day) for row in ledger.rows if row.start is None]
        assert all(first <= last for first, last in whole)
        if all(said.desk == "here" for said in story.said):  # elsewhere it may be another date
            assert all(last <= first for (_, last), (first, _) in pairwise(whole))


@given(stories(days=False), st.integers(-100, 6000))
def test_used_and_left_are_the_target(story: Story, later: int) -> None:
    """What was used and what is left add up to the target, early or late, if nothing was granted.

    Late, what lies between is counted as it was used: pauses after the due instant are not late.
    """
    clock = story.clock()
    assume(clock is not None)
    assert clock is not None
    assume(not clock.extended)
    reading = read(clock, instant_of(story.said[-1].minute + later), story.levels)
    assert reading.used + reading.remaining == duration_of(clock.target).amount  # type: ignore[union-attr, operator]  # lengths


@given(stories())
def test_nothing_has_a_negative_length(story: Story) -> None:
    """Whatever order instants come in, segments lie one after the other; only the last is open."""
    for _, _, clocks, _ in story.folded():
        for clock in clocks.values():
            for before, after in pairwise(clock.segments):
                assert before.end is not None
                assert before.start <= before.end <= after.start
            last = clock.segments[-1]
            assert last.end is None or last.start <= last.end
            assert (last.end is None) == clock.active
            assert clock.active or clock.mark is None


@given(stories())
def test_verdicts_stand(story: Story) -> None:
    """A verdict that was given is never changed or lost, and there is one a cycle."""
    earlier: tuple[object, ...] = ()
    for _, _, clocks, _ in story.folded():
        clock = clocks.get(NAME)
        if clock is None:
            continue
        assert clock.verdicts[: len(earlier)] == earlier
        earlier = clock.verdicts
        cycles = [each.cycle for each in clock.verdicts]
        assert cycles == sorted(set(cycles))
        for each in clock.verdicts:
            assert each.met == (each.breached is None)
            assert each.breached is None or each.breached < each.ended


@given(stories())
def test_a_promise_stands_as_long_as_its_cycle(story: Story) -> None:
    """What was promised first never changes in a cycle; neither does a breach that was noted,
    unless it turns out that the cycle had ended by then.
    """
    known: Clock | None = None
    for _, _, clocks, _ in story.folded():
        clock = clocks.get(NAME)
        if clock is not None and known is not None and clock.cycle == known.cycle:
            assert known.promised in {None, clock.promised}
            met = clock.verdict is not None and clock.verdict.met
            assert met or known.breached in {None, clock.breached}
        known = clock


@given(stories())
def test_a_clock_is_late_after_its_due_instant_and_not_at_it(story: Story) -> None:
    """At the due instant itself nothing is late; a microsecond later it is. So it is all along."""
    for _, _, clocks, _ in story.folded():
        clock = clocks.get(NAME)
        if clock is None or clock.state != "running" or clock.breached is not None:
            continue
        assert clock.due is not None
        if clock.due < clock.segments[-1].start:
            continue
        assert not read(clock, clock.due, story.levels).breached
        late = read(clock, clock.due + timedelta(microseconds=1), story.levels)
        assert late.breached_at == clock.due


def _looking(
    clock: Clock | None, levels: ServiceLevels, until: datetime
) -> tuple[Clock | None, list[tuple[str, datetime]]]:
    """*clock* after the marks that are reached by then."""
    found: list[tuple[str, datetime]] = []
    while clock is not None and clock.mark is not None and clock.mark_at is not None:
        if clock.mark_at > until:
            break
        found.append((f"{clock.mark_id}", clock.mark_at))
        clock = fired(clock, levels, clock.mark_at)
    return clock, found


def _lived(story: Story, looks: list[datetime]) -> tuple[Clock | None, list[tuple[str, datetime]]]:
    """The clock at the end, and all marks, when somebody also looks at some instants between."""
    clock: Clock | None = None
    found: list[tuple[str, datetime]] = []
    for moment in story.moments():
        for look in sorted(each for each in looks if each < moment.at):
            clock, more = _looking(clock, story.levels, look)
            found += more
        clock, more = _looking(clock, story.levels, moment.at)
        found += more
        known = {} if clock is None else {NAME: clock}
        clock = {**known, **advance(known, moment, story.levels).changed}.get(NAME)
    clock, more = _looking(clock, story.levels, instant_of(story.said[-1].minute + 9000))
    return clock, found + more


@given(stories(marks=MARKS), LOOKS)
def test_marks_do_not_depend_on_who_looks(story: Story, looks: list[int]) -> None:
    """Each mark is reached once a cycle, at an instant of its own, however often one looks."""
    instants = [instant_of(story.said[0].minute + each) for each in looks]
    clock, found = _lived(story, instants)
    assert (clock, found) == _lived(story, [])
    names = [name for name, _ in found]
    assert len(names) == len(set(names))


@given(stories(days=False, marks=MARKS))
def test_marks_come_in_order(story: Story) -> None:
    """While nothing happens, marks are reached one after the other, the breach just after due."""
    clock = story.clock()
    _, found = _looking(clock, story.levels, instant_of(story.said[-1].minute + 9000))
    instants = [instant for _, instant in found]
    assert instants == sorted(instants)
    for name, instant in found:
        if name.endswith("/100%"):
            assert clock is not None
            assert clock.due is not None
            assert instant == clock.due + timedelta(microseconds=1)
