"""Ready calendars: single dates on which jurisdictions differ, and what is said of each."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from workorder.errors import ConfigurationError, InvalidInput
from workorder.sla import (
    BusinessCalendar,
    CalendarDays,
    about,
    calendar_from_toml,
    calendar_to_toml,
    find_calendar,
    ready,
    ready_codes,
)
from workorder.texts import CHINESE

CODES = tuple(
    """
    CN CN-MARKET HK MO TW SG GB-ENG GB-WLS GB-SCT GB-NIR IE EU-TARGET US US-FED
    AU-NSW AU-VIC AU-QLD AU-SA AU-WA AU-TAS AU-ACT AU-NT
    IN-MH IN-DL IN-GJ IN-KA IN-TN IN-WB CA CA-ROLL BR JP
    """.split()  # noqa: SIM905 (a list of thirty-two lines says no more)
)


def test_the_jurisdictions() -> None:
    """Every one whose clocks are described has a calendar."""
    assert ready_codes() == CODES


@pytest.mark.parametrize(
    ("code", "day", "is_open"),
    [
        # China: the National Day break ends on Thursday 8 October 2026; Saturday 10 is worked.
        ("CN", "2026-10-07", False),
        ("CN", "2026-10-08", True),
        ("CN", "2026-10-10", True),
        ("CN", "2026-09-20", True),  # a Sunday
        ("CN-MARKET", "2026-10-07", False),
        ("CN-MARKET", "2026-10-08", True),
        ("CN-MARKET", "2026-10-10", False),
        ("CN-MARKET", "2026-09-20", False),
        # Hong Kong's banks close on Good Friday, which is no statutory holiday.
        ("HK", "2026-04-03", False),
        ("HK", "2026-04-07", False),
        ("HK", "2026-04-08", True),
        ("MO", "2026-04-03", False),
        ("MO", "2026-04-06", True),
        ("SG", "2026-08-10", False),  # National Day on Sunday, observed on Monday
        ("SG", "2026-08-11", True),
        # The nations of the United Kingdom: Saint Andrew's Day, August, Easter Monday, July.
        ("GB-SCT", "2026-11-30", False),
        ("GB-ENG", "2026-11-30", True),
        ("GB-SCT", "2026-08-03", False),
        ("GB-ENG", "2026-08-03", True),
        ("GB-SCT", "2026-08-31", True),
        ("GB-ENG", "2026-08-31", False),
        ("GB-WLS", "2026-08-31", False),
        ("GB-SCT", "2026-04-06", True),
        ("GB-ENG", "2026-04-06", False),
        ("GB-NIR", "2026-03-17", False),
        ("GB-NIR", "2026-07-13", False),
        ("GB-ENG", "2026-07-13", True),
        ("IE", "2026-08-03", False),
        ("IE", "2026-08-31", True),
        ("IE", "2026-04-03", True),  # Good Friday is no public holiday there
        ("EU-TARGET", "2026-05-01", False),
        ("EU-TARGET", "2026-12-24", True),
        ("EU-TARGET", "2026-04-03", False),
        # 4 July 2026 is a Saturday: federal offices close on Friday, Reserve Banks do not.
        ("US-FED", "2026-07-03", True),
        ("US", "2026-07-03", False),
        ("US-FED", "2026-11-11", False),
        # The Friday before the Grand Final is a holiday in Victoria alone.
        ("AU-VIC", "2026-09-25", False),
        ("AU-NSW", "2026-09-25", True),
        ("AU-QLD", "2026-10-05", False),
        ("AU-WA", "2026-10-05", True),
        # India: banks open on the first, third and fifth Saturday.
        ("IN-MH", "2026-08-01", True),
        ("IN-MH", "2026-08-08", False),
        ("IN-MH", "2026-08-22", False),
        ("IN-MH", "2026-08-29", True),
        ("IN-MH", "2026-08-30", False),
        ("IN-MH", "2015-08-08", True),  # before the rule was in force
        # Canada's rolling days: Saturdays are none, 30 September and Easter Monday are.
        ("CA-ROLL", "2026-09-26", True),
        ("CA-ROLL", "2026-09-27", False),
        ("CA-ROLL", "2026-09-30", False),
        ("CA-ROLL", "2020-09-30", True),  # before the day was in the Act
        ("CA-ROLL", "2026-04-06", False),
        ("CA-ROLL", "2026-05-18", False),  # the Monday before 25 May
        ("CA-ROLL", "2026-10-12", False),
        ("CA-ROLL", "2026-12-26", True),  # Boxing Day is not in the list
        ("CA-ROLL", "2029-07-02", False),  # 1 July is a Sunday
        ("CA-ROLL", "2026-07-02", True),
        ("CA", "2026-09-26", False),
        ("CA", "2026-09-30", False),
        # Brazil's banks close for Carnival and Corpus Christi.
        ("BR", "2026-02-16", False),
        ("BR", "2026-02-17", False),
        ("BR", "2026-02-18", True),
        ("BR", "2026-06-04", False),
        ("BR", "2026-11-20", False),
        ("JP", "2026-01-02", False),
        ("JP", "2025-12-31", False),
        ("JP", "2026-01-05", True),
    ],
)
def test_single_dates(code: str, day: str, is_open: bool) -> None:
    """The dates on which neighbours differ, and on which calendars are most often wrong."""
    assert ready(code).is_working_day(date.fromisoformat(day)) is is_open


def test_a_last_day_rolls_in_canada() -> None:
    """A Saturday is a last day; 30 September is none (Interpretation Act, sections 26 and 35)."""
    toronto, rolls = ready("CA"), ready("CA-ROLL")
    # 20 June and 56 days: 10 until 30 June, 31 in July, 15 August 2026, a Saturday.
    received = datetime(2026, 6, 20, 15, tzinfo=ZoneInfo("America/Toronto"))
    due = toronto.due(received, CalendarDays(56, roll="forward"), roll_by=rolls)
    assert due.last_day == date(2026, 8, 15)
    # 5 August and 56 days: 26 until 31 August, 30 in September; the next day is none.
    received = datetime(2026, 8, 5, 15, tzinfo=ZoneInfo("America/Toronto"))
    due = toronto.due(received, CalendarDays(56, roll="forward"), roll_by=rolls)
    assert due.last_day == date(2026, 10, 1)


@pytest.mark.parametrize("code", CODES)
def test_every_calendar_works_and_can_be_written_down(code: str) -> None:
    """Each answers, has the zone it says, and its file is a bank's first draft."""
    calendar = ready(code)
    assert calendar_from_toml(calendar_to_toml(calendar)) == calendar
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert calendar.next_open(start) >= start
    assert calendar.zone == about(code).zone
    assert str(calendar.hours) == about(code).hours
    assert calendar.name == about(code).title.text()


@pytest.mark.parametrize("code", CODES)
def test_every_calendar_says_what_it_is_worth(code: str) -> None:
    """Coverage, sources and caveats, in English and Chinese; hours are said to be a placeholder."""
    said = about(code)
    assert said.code == code
    assert said.sources
    assert said.caveats
    for each in (said.title, said.covers, *said.sources, *said.caveats):
        assert each.text()
        assert each.text(CHINESE) != each.text()
    if code != "CA-ROLL":  # which is not about hours
        assert "hours" in [each.name for each in said.caveats]
        assert "institution" in [each.name for each in said.caveats]


def test_what_was_not_compared_is_said() -> None:
    """Only for China and the Act of Canada the dates or rules were held against the text."""
    unchecked = {code for code in CODES if "unchecked" in [c.name for c in about(code).caveats]}
    assert set(CODES) - unchecked == {"CN", "CA-ROLL"}
    assert "yearly" in [each.name for each in about("CN").caveats]
    assert "moon" in [each.name for each in about("SG").caveats]


def test_market_desks_never_work_substituted_weekends() -> None:
    """That is the calendar's own setting, whatever its source should say one day."""
    assert ready("CN").substitutes
    assert not ready("CN-MARKET").substitutes


def test_hours_are_the_host_s_to_give() -> None:
    """The dates stay, the hours are replaced; a calendar is made once and shared."""
    own = ready("CN", "Mo-Fr 09:00-12:00,13:30-18:00")
    assert str(own.hours) == "Mo-Fr 09:00-12:00,13:30-18:00"
    assert own.is_working_day(date(2026, 10, 10))
    assert own.holidays == ready("CN").holidays
    assert ready("CN") is ready("cn")
    assert str(ready("CN").hours) == "Mo-Fr 09:00-18:00"
    assert str(ready("SG").hours) == "Mo-Fr 09:00-17:00"
    with pytest.raises(ConfigurationError, match="25:00"):
        ready("CN", "Mo-Fr 09:00-25:00")


@pytest.mark.parametrize(
    ("code", "similar"),
    [
        ("GB", ("GB-ENG", "GB-WLS", "GB-SCT", "GB-NIR")),
        ("CN-MARKT", ("CN", "CN-MARKET")),
        ("AUS-VIC", ("AU-VIC",)),
        ("?", CODES),
        ("", CODES),
    ],
)
def test_unknown_codes_name_similar_ones(code: str, similar: tuple[str, ...]) -> None:
    """The calendars of the country, the nearest code, or all."""
    for asked in (ready, about):
        with pytest.raises(InvalidInput) as refused:
            asked(code)
        assert refused.value.code == "unknown_calendar"
        found = refused.value.facts["similar"]
        assert isinstance(found, tuple)
        assert found[: len(similar)] == similar


def test_a_calendar_is_found_by_code_or_file(tmp_path: Path) -> None:
    """What a command line is given: a code in capitals or not, or a path."""
    path = tmp_path / "desk.toml"
    path.write_text('zone = "UTC"\nhours = "Mo 09:00-17:00"\n', encoding="utf-8")
    assert find_calendar("gb-sct") == ready("GB-SCT")
    assert find_calendar(str(path)) == BusinessCalendar("UTC", "Mo 09:00-17:00")


@pytest.mark.parametrize("text", ["GB", "nowhere.csv", "", "."])
def test_what_is_neither_is_said_to_be_neither(text: str) -> None:
    """The error names both ways."""
    with pytest.raises(InvalidInput) as refused:
        find_calendar(text)
    assert refused.value.code == "no_such_calendar"
    assert "ready calendar" in str(refused.value)
    assert ".toml" in str(refused.value)
    assert "现成日历" in refused.value.text(CHINESE)


def test_a_file_that_is_not_there_is_called_missing(tmp_path: Path) -> None:
    """What ends in .toml is meant as a file; the error names it."""
    with pytest.raises(ConfigurationError, match="nowhere"):
        find_calendar(tmp_path / "nowhere.toml")


def test_a_file_that_is_no_calendar_is_not_called_missing(tmp_path: Path) -> None:
    """Its mistakes are told instead."""
    path = tmp_path / "desk.toml"
    path.write_text("zone = 7\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="hours: found nothing"):
        find_calendar(str(path))
