"""iCalendar files: what is taken, what is left out and why, before anybody believes it."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workorder.errors import ConfigurationError
from workorder.sla import ListedHolidays, SourceDay, load_days, preview_ics
from workorder.texts import Label

DAY = "DTSTART;VALUE=DATE:20270101"


def ics(*events: Sequence[str]) -> str:
    """Calendar text with these events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN"]
    for number, event in enumerate(events):
        uid = [] if any(line.startswith("UID") for line in event) else [f"UID:{number}"]
        lines += ["BEGIN:VEVENT", *uid, *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def shown(text: str, **options: Any) -> list[tuple[str, str, str]]:
    """The preview: date, title, and why it is left out."""
    return [
        (str(each.date), each.summary, each.left.value if each.left else "")
        for each in preview_ics(text, **options)
    ]


def listed(folder: Path, text: str, **options: Any) -> ListedHolidays:
    """What is loaded from a file with this text."""
    path = folder / "days.ics"
    path.write_text(text, encoding="utf-8")
    return load_days(path, **{"published_through": date(2027, 12, 31), **options})


PUBLISHED = ics(
    ["DTSTART;VALUE=DATE:20270101", "SUMMARY:New Year's Day", "DESCRIPTION:Public holiday"],
    ["DTSTART;VALUE=DATE:20270509", "SUMMARY:Mother's Day", "DESCRIPTION:Observance\\nTo hide"],
    ["DTSTART;VALUE=DATE:20271031", "SUMMARY:Halloween", "CATEGORIES:Observance,Fun"],
    ["DTSTART:20270704T090000Z", "SUMMARY:Fireworks"],
    ["DTSTART;VALUE=DATE:20271126", "SUMMARY:Sale", "TRANSP:TRANSPARENT"],
    ["DTSTART;VALUE=DATE:20271127", "SUMMARY:Picnic", "STATUS:CANCELLED"],
    ["DTSTART;VALUE=DATE:20271225", "SUMMARY:Christmas Day", "CATEGORIES:Holiday,Public"],
)


def test_observances_are_no_holidays(tmp_path: Path) -> None:
    """zammad/zammad #390: an imported calendar closed the desk on days that only have a name."""
    assert shown(PUBLISHED) == [
        ("2027-01-01", "New Year's Day", ""),
        ("2027-05-09", "Mother's Day", "observance"),
        ("2027-07-04", "Fireworks", "timed"),
        ("2027-10-31", "Halloween", "observance"),
        ("2027-11-26", "Sale", "transparent"),
        ("2027-11-27", "Picnic", "cancelled"),
        ("2027-12-25", "Christmas Day", ""),
    ]
    assert listed(tmp_path, PUBLISHED) == ListedHolidays(
        [
            (date(2027, 1, 1), SourceDay(name=Label("New Year's Day"))),
            (date(2027, 12, 25), SourceDay(name=Label("Christmas Day"))),
        ],
        published_through=date(2027, 12, 31),
    )


def test_the_preview_says_why_in_both_languages() -> None:
    """A person looks at it before believing it."""
    rows = {each.summary: each for each in preview_ics(PUBLISHED)}
    assert rows["Christmas Day"].taken
    assert rows["Christmas Day"].why() == ""
    assert rows["Christmas Day"].categories == ("Holiday", "Public")
    assert rows["Fireworks"].why() == "does not last whole days"
    assert rows["Fireworks"].why("zh-CN") == "不是全天事件"


@pytest.mark.parametrize(
    ("options", "taken"),
    [
        ({"categories": ["public"]}, ["Christmas Day"]),
        ({"categories": ["FUN"]}, ["Halloween"]),
        ({"summaries": ["*day"]}, ["New Year's Day", "Christmas Day"]),
        ({"summaries": ["christmas day"]}, ["Christmas Day"]),
        ({"categories": ["public"], "summaries": ["new*"]}, []),
        ({"transparent": True}, ["New Year's Day", "Sale", "Christmas Day"]),
        ({"years": (2026, 2026)}, []),
    ],
)
def test_filters_say_what_to_take(options: dict[str, Any], taken: list[str]) -> None:
    """By category, by title, by year; each leaves out what does not fit."""
    rows = preview_ics(PUBLISHED, **options)
    assert [each.summary for each in rows if each.taken] == taken
    assert len(rows) == 7


def test_an_event_of_several_days_is_all_of_them() -> None:
    """The end is the day after the last; a duration, and an end that says nothing, are read."""
    text = ics(
        [DAY, "DTEND;VALUE=DATE:20270104", "SUMMARY:break"],
        ["DTSTART;VALUE=DATE:20270201", "DURATION:P2D", "SUMMARY:two"],
        ["DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270301", "SUMMARY:one"],
    )
    assert [row[:2] for row in shown(text)] == [
        ("2027-01-01", "break"),
        ("2027-01-02", "break"),
        ("2027-01-03", "break"),
        ("2027-02-01", "two"),
        ("2027-02-02", "two"),
        ("2027-03-01", "one"),
    ]


def test_yearly_events_are_spread_over_the_years_asked_for() -> None:
    """With their exceptions, additions, and single occurrences that were moved or cancelled."""
    text = ics(
        [
            "DTSTART;VALUE=DATE:20200918",
            "RRULE:FREQ=YEARLY;UNTIL=20290101T000000Z",
            "EXDATE;VALUE=DATE:20270918",
            "RDATE;VALUE=DATE:20270917",
            "SUMMARY:Founding day",
            "UID:founding",
        ],
        [
            "UID:founding",
            "RECURRENCE-ID;VALUE=DATE:20260918",
            "DTSTART;VALUE=DATE:20260921",
            "SUMMARY:Founding day (moved)",
        ],
        [
            "UID:founding",
            "RECURRENCE-ID;VALUE=DATE:20280918",
            "DTSTART;VALUE=DATE:20280918",
            "STATUS:CANCELLED",
            "SUMMARY:Founding day",
        ],
    )
    assert shown(text, years=(2025, 2030)) == [
        ("2020-09-18", "Founding day", "years"),
        ("2025-09-18", "Founding day", ""),
        ("2026-09-21", "Founding day (moved)", ""),
        ("2027-09-17", "Founding day", ""),
        ("2028-09-18", "Founding day", "cancelled"),
    ]


def test_a_break_over_new_year_that_recurs_belongs_to_both_years() -> None:
    """An occurrence that begins before the first year reaches into it."""
    text = ics(
        [
            "DTSTART;VALUE=DATE:20201230",
            "DTEND;VALUE=DATE:20210103",
            "RRULE:FREQ=YEARLY",
            "SUMMARY:x",
        ]
    )
    taken = [row[0] for row in shown(text, years=(2027, 2027)) if not row[2]]
    assert taken == ["2027-01-01", "2027-01-02", "2027-12-30", "2027-12-31"]


def test_two_events_of_one_day_are_one_holiday(tmp_path: Path) -> None:
    """Both names are kept, a name that comes twice once."""
    text = ics([DAY, "SUMMARY:New Year"], [DAY, "SUMMARY:Bank Holiday"], [DAY, "SUMMARY:New Year"])
    ((_, said),) = listed(tmp_path, text).listed
    assert said.name.text() == "Bank Holiday; New Year"


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (["DTSTART;VALUE=DATE:2027-1-1"], "unreadable"),
        ([DAY, "RRULE:FREQ=SOMETIMES"], "unreadable"),
        ([DAY, "RRULE:FREQ=HOURLY"], "unreadable"),
        ([DAY, "DTEND;VALUE=DATE:20270401"], "unreadable"),
        ([], "timed"),
    ],
)
def test_events_that_cannot_be_used(tmp_path: Path, event: list[str], why: str) -> None:
    """The preview shows them; loading them is an error, never a shorter list."""
    text = ics([*event, "SUMMARY:odd"], ["DTSTART;VALUE=DATE:20271225", "SUMMARY:fine"])
    assert why in [row[2] for row in shown(text, years=(2027, 2027)) if row[1] == "odd"]
    if why == "unreadable":
        with pytest.raises(ConfigurationError, match="event “odd”"):
            listed(tmp_path, text, years=(2027, 2027))


@pytest.mark.parametrize(
    ("text", "options", "key"),
    [
        (ics([DAY, "RRULE:FREQ=YEARLY", "SUMMARY:x"]), {}, "years"),
        (PUBLISHED, {"published_through": None}, "published_through"),
        (PUBLISHED, {"categories": ["holidays"]}, "events"),
        (PUBLISHED, {"years": (2027, 2026)}, "years"),
        (PUBLISHED, {"years": (2027,)}, "years"),
        (ics(), {}, "events"),
        ("", {}, "events"),
        ("date,kind\n", {}, "file"),
    ],
)
def test_nothing_is_guessed(tmp_path: Path, text: str, options: dict[str, Any], key: str) -> None:
    """Recurring without years, no end, nothing taken, no calendar: errors with file and key."""
    with pytest.raises(ConfigurationError) as refused:
        listed(tmp_path, text, **options)
    assert [(each.key, each.file) for each in refused.value.findings] == [
        (key, str(tmp_path / "days.ics"))
    ]


def test_without_the_extra_the_error_says_what_to_install(tmp_path: Path) -> None:
    """Lists in TOML and CSV need nothing; iCalendar names its extra."""
    path = tmp_path / "days.ics"
    path.write_text(PUBLISHED, encoding="utf-8")
    program = (
        "import sys\n"
        "sys.modules['icalendar'] = None\n"
        "from workorder.errors import ConfigurationError\n"
        "from workorder.sla import load_days\n"
        "try:\n"
        f"    load_days({str(path)!r}, published_through='no end')\n"
        "except ConfigurationError as error:\n"
        "    print(error.findings[0].expected)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "the extra “ical”: pip install workorder[ical]"
