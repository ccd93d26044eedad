"""Ledgers as text, in English and Chinese."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from workorder.durations import Working
from workorder.sla.due import instant_text
from workorder.sla.ledger import Ledger, Row
from workorder.texts import CHINESE, is_chinese

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNOFFICIAL = {CHINESE: "（尚未公布）"}


def date_text(day: date, language: str, *, year: bool = False) -> str:
    """A date with its weekday.

    >>> date_text(date(2026, 10, 1), "en", year=True), date_text(date(2026, 10, 1), "zh-CN")
    ('Thu 1 Oct 2026', '10月1日 周四')
    """
    if is_chinese(language):
        head = f"{day.year}年" if year else ""
        return f"{head}{day.month}月{day.day}日 周{'一二三四五六日'[day.weekday()]}"
    tail = f" {day.year}" if year else ""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{tail}"


def length_text(amount: timedelta, language: str) -> str:
    """A length of time in hours, minutes and, where needed, seconds.

    >>> length_text(timedelta(hours=1, minutes=30), "en")
    '1 h 30 min'
    """
    sign = "-" if amount < timedelta(0) else ""
    hours, rest = divmod(abs(amount), timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    seconds = f"{rest.total_seconds():f}".rstrip("0").rstrip(".") if rest else "0"
    units = ("小时", "分", "秒") if is_chinese(language) else ("h", "min", "s")
    numbers = (str(hours), str(minutes), seconds)
    said = [
        f"{number} {unit}" for number, unit in zip(numbers, units, strict=True) if number != "0"
    ]
    return sign + (" ".join(said) or f"0 {units[1]}")


def ledger_text(ledger: Ledger, language: str) -> str:
    """The whole ledger, a line a row, between its beginning and its end."""
    chinese = is_chinese(language)
    first = ledger.calendar.local_date(ledger.start)
    zone = str(ledger.calendar.timezone)
    began = moment_text(ledger.start.astimezone(ledger.calendar.timezone), first, language)
    begun = "自" if ledger.due is None else "收到"
    lines = [f"{head(begun if chinese else 'From', language)}{began} {zone}"]
    due = ledger.due
    if due is not None:
        counted = head("期限" if chinese else "Counted", language)
        lines.append(counted + due.duration.text(language))
        lines += [" " * 9 + note.text(language) for note in due.notes]
        for part in due.parts:
            ended = moment_text(part.instant, part.last_day, language)
            lines.append(f"{' ' * 9}{part.duration.text(language)}: {ended}")
    lines += [f"  {line}" for line in table(ledger.rows, language)]
    last = ledger.calendar.local_date(ledger.end) if due is None else due.last_day
    word = ("到期" if chinese else "Due") if due is not None else ("至" if chinese else "Until")
    ended = moment_text(ledger.end, last, language)
    if ledger.provisional:
        ended += unofficial_text(language)
    if due is None and isinstance(ledger.total, timedelta):
        lines.append(
            head("合计" if chinese else "Total", language) + length_text(ledger.total, language)
        )
    lines.append(head(word, language) + ended)
    if due is None or isinstance(due.duration, Working):
        return "\n".join(lines)  # open time ends on a working day, or in its night
    if due.last_working_day not in {None, due.last_day}:
        before = "此前最后一个工作日：" if chinese else "last working day before: "
        assert due.last_working_day is not None  # noqa: S101
        lines.append(" " * 9 + before + date_text(due.last_working_day, language, year=True))
    return "\n".join(lines)


def unofficial_text(language: str) -> str:
    """What follows an instant that depends on dates which are not official yet."""
    if is_chinese(language):
        return "（暂定：含尚未公布的日期）"
    return " (provisional: dates not official yet)"


def head(word: str, language: str) -> str:
    """What a line is about, as wide as all of them."""
    return word + " " * (9 - len(word) * (2 if is_chinese(language) else 1))


def moment_text(instant: datetime, last_day: date, language: str) -> str:
    """An instant with its weekday; midnight as 24:00 of *last_day*."""
    said = instant_text(instant, last_day)
    return date_text(date.fromisoformat(said[:10]), language, year=True) + said[10:]


def table(rows: Iterable[Row], language: str) -> Iterator[str]:
    """A line a row: when, how much, how much so far, and why."""
    cells = [_cells(row, language) for row in rows]
    widths = [max((columns(row[n]) for row in cells), default=0) for n in range(3)]
    for when, amount, total, why in cells:
        padded = (
            when + " " * (widths[0] - columns(when)),
            " " * (widths[1] - columns(amount)) + amount,
            " " * (widths[2] - columns(total)) + total,
            why,
        )
        yield "  ".join(padded).rstrip()


def _cells(row: Row, language: str) -> tuple[str, str, str, str]:
    when = date_text(row.day, language)
    if row.last_day != row.day and row.start is None:
        when += f" - {date_text(row.last_day, language)}"
    if row.start is not None and row.end is not None:
        when += _times(row.start, row.end, row.day, row.last_day, language)
    why = row.reason.text(language)
    if row.provisional:
        why += _UNOFFICIAL.get(language, " (not official yet)")
    if not row.counted:
        return when, "-", "", why
    if isinstance(row.counted, timedelta):
        assert isinstance(row.total, timedelta)  # noqa: S101
        return when, length_text(row.counted, language), length_text(row.total, language), why
    return when, f"+{row.counted}", str(row.total), why


def _times(start: datetime, end: datetime, day: date, last_day: date, language: str) -> str:
    """From when to when, with the date of the end where that is another."""
    if last_day == day:
        return f" {_clock(start)}-{_clock(end)}"
    said = instant_text(end, last_day)
    return f" {_clock(start)} - {date_text(date.fromisoformat(said[:10]), language)}{said[10:]}"


def _clock(instant: datetime) -> str:
    text = instant.time().isoformat()
    return text[:5] if text.endswith(":00") and len(text) == len("00:00:00") else text


def columns(text: str) -> int:
    """Columns in a terminal; Chinese characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(each) in {"W", "F"} else 1 for each in text)
