"""Accounts of clocks as text, in English and Chinese."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from attrs import evolve

from workorder.clocks import Clock, Segment, Verdict
from workorder.durations import Dated, WorkingDays
from workorder.sla.clocks.accounts import ClockLedger
from workorder.sla.clocks.levels import USUAL
from workorder.sla.clocks.marks import BREACH, Share, read_mark
from workorder.sla.clocks.reading import Amount, Reading
from workorder.sla.ledger import Row
from workorder.sla.reasons import Why
from workorder.sla.telling import head, length_text, moment_text, table, unofficial_text
from workorder.sla.verbs import Calendar
from workorder.texts import CHINESE, ENGLISH, Texts, in_language, is_chinese

_STATES: dict[str, Texts] = {
    "running": {ENGLISH: "running", CHINESE: "计时中"},
    "paused": {ENGLISH: "paused", CHINESE: "已暂停"},
    "cancelled": {ENGLISH: "cancelled", CHINESE: "已取消"},
    "met": {ENGLISH: "finished in time", CHINESE: "按时完成"},
    "missed": {ENGLISH: "finished late", CHINESE: "超时完成"},
}
_WORDS: dict[str, Texts] = {
    "from": {ENGLISH: "From", CHINESE: "自"},
    "total": {ENGLISH: "Used", CHINESE: "已用"},
    "until": {ENGLISH: "Until", CHINESE: "至"},
    "extended": {ENGLISH: "Extended", CHINESE: "延期"},
    "ceiling": {ENGLISH: "At most", CHINESE: "不晚于"},
    "due": {ENGLISH: "Due", CHINESE: "到期"},
    "left": {ENGLISH: "Left", CHINESE: "剩余"},
    "over": {ENGLISH: "Over", CHINESE: "超出"},
    "next": {ENGLISH: "Next", CHINESE: "下一节点"},
    "breached": {ENGLISH: "Breached", CHINESE: "超时"},
    "earlier": {ENGLISH: "Earlier", CHINESE: "此前"},
    "changed": {ENGLISH: "Changed", CHINESE: "变更"},
}
_ALIKE = {Why.CALENDAR, Why.PAUSED, Why.ENDED}


def account_text(ledger: ClockLedger, language: str) -> str:
    """The whole account, a line a row, between what the clock is and what it says."""
    return "\n".join(_lines(ledger, language))


def state_text(clock: Clock, language: str) -> str:
    """Running, paused or cancelled; of a finished clock whether its target was met.

    >>> from workorder.clocks import Clock, Segment
    >>> state_text(Clock("first_reply", "paused", "2 working hours", ()), "zh-CN")
    '已暂停'
    """
    state: str = clock.state
    if clock.verdict is not None:
        state = "met" if clock.verdict.met else "missed"
    return in_language(_STATES.get(state, {}), language, state)


def left_text(reading: Reading, language: str) -> str:
    """How much is left, or how much it is over."""
    word, said = _remaining(reading, language)
    named = in_language(_WORDS[word], language).lower()
    return f"{named} {said}" if is_chinese(language) else f"{said} {named}"


def mark_text(mark: str, language: str) -> str:
    """Where a mark stands, in words.

    >>> mark_text("1 working hour before", "en"), mark_text("2 working days after", "zh-CN")
    ('1 working hour before due', '到期后 2 个工作日')
    """
    place = read_mark(mark)
    if isinstance(place, Share):
        return f"{place.percent}%"
    amount = place.amount.text(language)
    if is_chinese(language):
        return f"到期{'前' if place.side == 'before' else '后'} {amount}"
    return f"{amount} {place.side} due"


def told_instant(instant: datetime, calendar: Calendar, language: str) -> str:
    """An instant in the calendar's zone; midnight as 24:00 of the day that it ends."""
    last_day = calendar.local_date(instant - timedelta.resolution)
    return moment_text(instant.astimezone(calendar.timezone), last_day, language)


def _lines(ledger: ClockLedger, language: str) -> Iterator[str]:
    reading, calendar = ledger.reading, ledger.calendar
    clock = reading.clock
    colon = "：" if is_chinese(language) else ": "
    yield colon.join((reading.label.text(language), _headline(ledger, language)))
    begun = clock.started.astimezone(calendar.timezone)
    first = moment_text(begun, begun.date(), language)
    yield _line("from", f"{first} {calendar.timezone}", language)
    rows = _together(_in_zone(row, calendar) for row in ledger.rows)
    yield from (f"  {line}" for line in table(rows, language))
    for before, after in pairwise(clock.segments):
        changed = _changed(before, after, language)
        if changed:
            yield _line("changed", _at(ledger, after.start, language) + changed, language)
    yield _line("total", amount_text(reading, ledger.total, language), language)
    until = clock.segments[-1].end or reading.at
    yield _line("until", _at(ledger, until, language), language)
    yield from _owed(ledger, language)
    yield from _told(ledger, language)
    for verdict in clock.verdicts:
        if verdict.cycle != clock.cycle:
            yield _line("earlier", _verdict(ledger, verdict, language), language)


def _headline(ledger: ClockLedger, language: str) -> str:
    """How it stands, what it may take, and which cycle it is."""
    reading = ledger.reading
    chinese, cycle = is_chinese(language), reading.clock.cycle
    target = reading.target.text(language)
    said = [
        state_text(reading.clock, language),
        f"时限 {target}" if chinese else f"target {target}",
    ]
    if cycle > 1:
        said.append(f"第 {cycle} 轮" if chinese else f"cycle {cycle}")
    if ledger.leads:
        said.append("工单以此为期限" if chinese else "leads the ticket")
    return ("，" if chinese else ", ").join(said)


def _owed(ledger: ClockLedger, language: str) -> Iterator[str]:
    """By when, as promised first and as it is now, and what is left until then."""
    reading = ledger.reading
    clock, chinese = reading.clock, is_chinese(language)
    for each in clock.extended:
        until, granted = (_at(ledger, it, language) for it in (each.until, each.at))
        said = f"至 {until}，告知于 {granted}" if chinese else f"to {until}, told {granted}"
        yield _line("extended", said, language)
    if clock.ceiling is not None:
        yield _line("ceiling", _at(ledger, clock.ceiling, language), language)
    due = reading.due or reading.if_resumed
    if due is not None:
        said = _at(ledger, due, language)
        if reading.due is None:
            said += "（若现在恢复计时）" if chinese else " if it went on now"
        if clock.promised is not None and clock.promised != due:
            first = _at(ledger, clock.promised, language)
            said += f"；最初 {first}" if chinese else f"; at first {first}"
        said += unofficial_text(language) if reading.provisional else ""
        yield _line("due", said, language)
    if clock.state == "cancelled":
        return
    word, said = _remaining(reading, language)
    yield _line(word, said, language)


def _remaining(reading: Reading, language: str) -> tuple[str, str]:
    """Whether it is left or over, and how much."""
    left, due = reading.remaining, reading.due or reading.if_resumed
    if not reading.breached or (due is not None and reading.at <= due):
        return "left", amount_text(reading, left, language)
    if not left:
        return "over", "不足一日" if is_chinese(language) else "less than a day"
    return "over", amount_text(reading, -left, language)


def _told(ledger: ClockLedger, language: str) -> Iterator[str]:
    """The next mark, and the breach with both of its instants."""
    reading = ledger.reading
    clock = reading.clock
    chinese = is_chinese(language)
    mark, at = reading.next_mark, reading.next_mark_at
    if mark is not None and mark != BREACH and at is not None and at > reading.at:
        comma = "，" if chinese else ", "
        said = f"{mark_text(mark, language)}{comma}{_at(ledger, at, language)}"
        yield _line("next", said, language)
    if clock.breached is not None:
        told = _at(ledger, clock.breached, language)
        if clock.detected is not None and clock.detected > clock.breached + timedelta.resolution:
            noted = _at(ledger, clock.detected, language)
            told += f"，记录于 {noted}" if chinese else f", noted {noted}"
        yield _line("breached", told, language)


def _verdict(ledger: ClockLedger, verdict: Verdict, language: str) -> str:
    chinese = is_chinese(language)
    state = in_language(_STATES["met" if verdict.met else "missed"], language)
    ended = _at(ledger, verdict.ended, language)
    said = f"第 {verdict.cycle} 轮{state}，{ended}" if chinese else ""
    said = said or f"cycle {verdict.cycle} {state}, ended {ended}"
    if verdict.due is not None:
        due = _at(ledger, verdict.due, language)
        said += f"（到期：{due}）" if chinese else f", due {due}"
    return said


def _changed(before: Segment, after: Segment, language: str) -> str:
    """What else than a pause began with *after*; empty if nothing did."""
    chinese = is_chinese(language)
    said = []
    calendar, policy = (getattr(after, each).partition("@")[0] for each in ("calendar", "policy"))
    if before.calendar.partition("@")[0] != calendar:
        named = "" if calendar == USUAL else (f"（{calendar}）" if chinese else f" ({calendar})")
        said.append(("另一日历" if chinese else "another calendar") + named)
    if before.policy != after.policy:
        said.append((f"策略 {policy}") if chinese else f"policy {policy}")
    if not said and before.runs == after.runs and after.cause:
        said.append("另一目标" if chinese else "another target")
    if not said:
        return ""
    if after.cause:
        said.append(f"第 {after.cause} 条事件" if chinese else f"event {after.cause}")
    return ("，" if chinese else ", ").join(["", *said])


def amount_text(reading: Reading, amount: Amount, language: str) -> str:
    """*amount* in the unit of the target: a length of time, or days."""
    if isinstance(amount, timedelta):
        return length_text(amount, language)
    target = reading.target
    assert isinstance(target, Dated)  # noqa: S101 (others are measured in lengths)
    working = isinstance(target, WorkingDays)
    if is_chinese(language):
        return f"{amount} 个工作日" if working else f"{amount} 日"
    unit = "day" if abs(amount) == 1 else "days"
    return f"{amount} working {unit}" if working else f"{amount} {unit}"


def _at(ledger: ClockLedger, instant: datetime, language: str) -> str:
    return told_instant(instant, ledger.calendar, language)


def _line(word: str, said: str, language: str) -> str:
    return head(in_language(_WORDS[word], language), language) + said


# --- rows -----------------------------------------------------------------------------------


def _in_zone(row: Row, calendar: Calendar) -> Row:
    """*row* on the clock of *calendar*; one that was counted elsewhere is converted."""
    if row.start is None or row.end is None:
        return row
    start, end = (each.astimezone(calendar.timezone) for each in (row.start, row.end))
    if start.utcoffset() == row.start.utcoffset() and end.utcoffset() == row.end.utcoffset():
        return row
    day, last_day = start.date(), calendar.local_date(end - timedelta.resolution)
    return evolve(row, start=start, end=end, day=day, last_day=last_day)


def _together(rows: Iterable[Row]) -> Iterator[Row]:
    """*rows*, those of dates on end that do not differ as one; every date has a row."""
    open_row: Row | None = None
    for row in rows:
        if open_row is not None and _same(open_row, row):
            counted = open_row.counted + row.counted  # type: ignore[operator]  # both are days
            open_row = evolve(open_row, last_day=row.last_day, counted=counted, total=row.total)
            continue
        if open_row is not None:
            yield open_row
        open_row = row
    if open_row is not None:
        yield open_row


def _same(row: Row, other: Row) -> bool:
    return (
        row.start is None
        and other.start is None
        and row.reason.why in _ALIKE
        and row.reason == other.reason
        and row.provisional == other.provisional
    )
