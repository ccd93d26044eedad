"""Ledgers as pictures."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from workorder.sla import BusinessCalendar, ListedHolidays

SVG = "{http://www.w3.org/2000/svg}"
NAME = "<b>&Co's “day”"
OWN = ListedHolidays.of(holidays=[date(2026, 6, 10)], name=NAME)
DESK = BusinessCalendar("UTC", "Mo-Fr 09:00-12:00,13:00-17:00", OWN)
TUESDAY = datetime(2026, 6, 9, 16, tzinfo=UTC)


def drawn(text: str, calendar: BusinessCalendar = DESK, language: str = "en") -> ET.Element:
    """The picture of a due date."""
    return ET.fromstring(calendar.explain(TUESDAY, text).svg(language))


def bars(root: ET.Element, kind: str) -> list[tuple[float, float]]:
    """Where the bars of a kind begin and how wide they are, from top to bottom."""
    found = root.findall(f"{SVG}rect[@class='{kind}']")
    return [(float(each.attrib["x"]), float(each.attrib["width"])) for each in found]


def words(root: ET.Element) -> list[str]:
    """The text that is seen, in order."""
    return [each.text or "" for each in root.findall(f"{SVG}text")]


def test_a_lane_a_date() -> None:
    """Dates stand in order, with what was counted on each, or why it was not."""
    seen = words(drawn("2 working days"))
    days = [each for each in seen if each.endswith("Jun")]
    assert days == ["Tue 9 Jun", "Wed 10 Jun", "Thu 11 Jun", "Fri 12 Jun"]
    assert [seen[seen.index(day) + 1] for day in days] == [
        "day of receipt, not counted",
        NAME,
        "1",
        "2",
    ]
    assert seen[-1] == "2 working days → Fri 12 Jun 2026 17:00"


def test_what_was_counted_is_drawn_to_scale() -> None:
    """An hour has the same width everywhere; 16:00-17:00 begins at two thirds of the lane."""
    root = drawn("4 working hours")
    (first, hour), (_, rest) = bars(root, "counted")
    assert (first, hour, rest) == (130 + 480 * 16 / 24, 20.0, 60.0)
    assert len(bars(root, "closed")) == 1
    assert len(bars(root, "open")) == 4  # two windows on each of two working days


def test_days_that_all_count_fill_their_lanes() -> None:
    """Calendar days are counted day and night."""
    assert bars(drawn("3 calendar days"), "counted") == [(130.0, 480.0)] * 3


def test_elapsed_hours_run_through_the_night() -> None:
    """24 hours from 16:00 fill the rest of one lane and 16 hours of the next."""
    assert bars(drawn("24 elapsed hours"), "counted") == [(450.0, 160.0), (130.0, 320.0)]


def test_past_midnight_the_lane_grows() -> None:
    """A window until 06:00 is drawn in the lane of the date it starts on, up to hour 30."""
    night = BusinessCalendar("UTC", "Tu 22:00-06:00")
    root = drawn("8 working hours", night)
    assert "30:00" in words(root)
    assert bars(root, "counted") == [(130 + 16 * 22, 16 * 8.0)]


def test_a_long_count_leaves_out_its_middle() -> None:
    """At most 62 lanes; an ellipsis stands for the others."""
    seen = words(drawn("200 working days"))
    assert seen.count("⋮") == 1
    assert len([each for each in seen if each[:3] in {"Mon", "Tue", "Wed"}]) < 62


def test_names_are_only_names() -> None:
    """A name that looks like markup stays text, and a long one is cut."""
    long = ListedHolidays.of(holidays=[date(2026, 6, 10)], name="x" * 80)
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", long)
    assert f"{'x' * 37}…" in words(drawn("1 working day", calendar))
    assert NAME in words(drawn("1 working day"))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_picture_can_be_read_aloud(language: str) -> None:
    """Title and description say in words what the picture shows."""
    root = drawn("1 working day", language=language)
    assert root.findtext(f"{SVG}title") == words(root)[-1]
    told = DESK.explain(TUESDAY, "1 working day").text(language)
    assert root.findtext(f"{SVG}desc") == told
    assert root.attrib["role"] == "img"


def test_the_time_between_two_instants_too() -> None:
    """It is titled by its length; forwards and backwards, also when it is nothing at all."""
    end = TUESDAY + timedelta(days=2)
    for begin, until, title in (
        (TUESDAY, end, "7 h"),
        (end, TUESDAY, "-7 h"),
        (TUESDAY, TUESDAY, "0 min"),
    ):
        root = ET.fromstring(DESK.explain(begin, until=until).svg())
        assert root.findtext(f"{SVG}title") == title


def test_a_day_that_clocks_change() -> None:
    """The hours drawn are those on the clock, so a window looks as long as it reads."""
    london = BusinessCalendar("Europe/London", "Su 00:00-06:00")
    ledger = london.explain(datetime(2026, 3, 28, 12, tzinfo=UTC), "5 working hours")
    assert bars(ET.fromstring(ledger.svg()), "counted") == [(130.0, 120.0)]


def test_a_due_instant_before_receipt_is_drawn_all_the_same() -> None:
    """An order may carry a limit that has passed: no bar has a negative width."""
    given = {"limit": TUESDAY - timedelta(hours=3)}
    root = ET.fromstring(DESK.explain(TUESDAY, "at limit", given=given).svg())
    assert all(width >= 0 for kind in ("open", "counted") for _, width in bars(root, kind))


def test_signs_that_xml_does_not_know_are_left_out() -> None:
    """A name with a control character still makes a picture."""
    odd = ListedHolidays.of(holidays=[date(2026, 6, 10)], name="line\x0bfeed")
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", odd)
    assert "linefeed" in words(drawn("1 working day", calendar))


def test_the_words_of_a_long_count_are_shortened_too() -> None:
    """The description has as many lines as people can listen to."""
    told = drawn("900 working days").findtext(f"{SVG}desc") or ""
    assert len(told.splitlines()) < 150
