"""Lists of days as plain data, in and out: what a TOML file holds."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

from workorder.errors import Finding
from workorder.sla.holidays.source import DayKind, ListedHolidays, SourceDay
from workorder.tables import Table, is_a, quoted
from workorder.texts import CHINESE, ENGLISH, Label

NO_END: Final = "no end"
"""What is written for a list that no later announcement can make incomplete."""

Through = date | Literal["no end"]
"""The last date a list is complete for."""

THROUGH_EXPECTED = f"the last date the list is complete for, or “{NO_END}”"
_KINDS = [each.value for each in DayKind]


def label(name: str, chinese: str = "") -> Label:
    """A name, with its Chinese one where there is any.

    >>> label("New Year's Day", "元旦").text("zh-CN")
    '元旦'
    """
    if not chinese:
        return Label(name)
    return Label(name or chinese, {**({ENGLISH: name} if name else {}), CHINESE: chinese})


def kind_of(text: str) -> DayKind | None:
    """The kind of that name; nothing written means a holiday."""
    word = text.strip().lower()
    return DayKind(word or "holiday") if word in {"", *_KINDS} else None


def kinds_expected() -> str:
    """The kinds, in words."""
    return " or ".join(f"“{each}”" for each in _KINDS)


def read_listed(table: Table) -> ListedHolidays | None:
    """A list of days, from ``days`` (dates or tables), ``published_from``, ``published_through``.

    Every mistake is noted in *table*; then the answer is None.
    """
    before = len(table.wrong)
    begin = table.take("published_from", date)
    end = read_through(table)
    entries = table.take("days", list, "a list of dates or tables", required=True)
    days = [
        day
        for number, each in enumerate(entries or ())
        for day in _entry(each, f"{table.key('days')}[{number}]", table)
    ]
    if "published_through" not in table.data:
        table.say("published_through", "nothing", THROUGH_EXPECTED)
    if len(table.wrong) > before:
        return None
    through = end if isinstance(end, date) else None
    return table.made(lambda: ListedHolidays(days, begin, through), table.key)


def read_through(table: Table) -> Through | None:
    """The value of ``published_through``; None when nothing usable stands there."""
    if table.data.get("published_through") == NO_END:
        table.take("published_through", str)
        return NO_END
    return table.take("published_through", date, THROUGH_EXPECTED)


def _entry(value: object, path: str, parent: Table) -> Iterator[tuple[date, SourceDay]]:
    if is_a(value, date):
        yield value, SourceDay()  # type: ignore[misc]  # is_a has looked
        return
    if not isinstance(value, Mapping):
        parent.wrong.append(Finding(path, quoted(value), "a date, or a table with one"))
        return
    table = Table(value, path, parent.wrong)
    before = len(table.wrong)
    day = table.take("date", date, required=True)
    kind = kind_of(table.take("kind", str, kinds_expected()) or "")
    if kind is None:
        table.say("kind", quoted(value["kind"]), kinds_expected())
    name, chinese = table.take("name", str) or "", table.take("name_zh", str) or ""
    texts = _texts(table)
    estimated = table.take("estimated", bool) or False
    table.finish()
    if len(table.wrong) == before and day is not None and kind is not None:
        named = label(name, chinese) if texts is None else Label(name, texts)
        yield day, SourceDay(kind, named, estimated)


def _texts(table: Table) -> dict[str, str] | None:
    """Names in other languages, by language."""
    texts = table.take("texts", dict)
    if texts is None:
        return None
    for language, text in texts.items():
        if not isinstance(text, str):
            table.say(f"texts.{language}", quoted(text), "text")
    return dict(texts)


def listed_data(listed: ListedHolidays) -> dict[str, Any]:
    """The plain data of a list: what :func:`read_listed` reads."""
    begin = {} if listed.published_from is None else {"published_from": listed.published_from}
    return {
        **begin,
        "published_through": listed.published_through or NO_END,
        "days": [_day_data(day, said) for day, said in listed.listed],
    }


def _day_data(day: date, said: SourceDay) -> date | dict[str, Any]:
    if said == SourceDay():
        return day
    found: dict[str, Any] = {"date": day}
    if said.kind is not DayKind.HOLIDAY:
        found["kind"] = said.kind.value
    found |= _name_data(said.name)
    if said.estimated:
        found["estimated"] = True
    return found


def _name_data(name: Label) -> dict[str, Any]:
    chinese = name.texts.get(CHINESE, "")
    for english in (name.name, ""):
        if label(english, chinese) == name:
            named = {"name": english, "name_zh": chinese}
            return {key: text for key, text in named.items() if text}
    return {"name": name.name, "texts": dict(name.texts)}
