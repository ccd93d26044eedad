"""``workorder deadline``: when something is due, and why, for people and for programs."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Run

START, THREE = "2026-09-30T16:30+08:00", "3 working days"


def test_one_line(run: Run) -> None:
    """The instant, with its weekday and zone; nothing else when all of it is official."""
    ran = run("deadline", START, THREE, "--calendar", "CN")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Sat 10 Oct 2026 18:00 Asia/Shanghai\n"


def test_explained(run: Run) -> None:
    """Every date stands there, and why; in both languages."""
    out = run("deadline", START, THREE, "--calendar", "CN", "--explain").out
    assert "Thu 1 Oct    -     National Day" in out
    assert "Sat 10 Oct  +1  3  substituted workday" in out
    assert out.endswith("Due      Sat 10 Oct 2026 18:00\n")
    out = run("deadline", START, THREE, "--calendar", "CN", "--explain", "--lang", "zh-CN").out
    assert "10月1日 周四    -     国庆节" in out
    assert out.endswith("到期     2026年10月10日 周六 18:00\n")


def test_as_json(run: Run) -> None:
    """Programs get the instant, the days, what it was counted by, and every row."""
    data = run("deadline", START, THREE, "--calendar", "cn", "--json").data()
    assert data["due"] == data["end"] == "2026-10-10T18:00:00+08:00"
    assert data["last_day"] == data["last_working_day"] == "2026-10-10"
    assert (data["unit"], data["total"], data["provisional"]) == ("days", 3, False)
    assert [row["day"] for row in data["rows"] if row["counted"]] == [
        "2026-10-08",
        "2026-10-09",
        "2026-10-10",
    ]
    assert len(data["digest"]) == 64
    assert data["published_through"] >= "2026-12-31"


def test_what_is_not_official_says_so(run: Run) -> None:
    """A deadline beyond the published dates names how far they reach."""
    arguments = ("deadline", "2098-12-30T16:30+08:00", THREE, "--calendar", "CN")
    out = run(*arguments).out
    assert "Provisional: it depends on dates that are not official (known: 1950-01-01 - 20" in out
    assert "（已知范围：1950-01-01 - 20" in run(*arguments, "--lang", "zh-CN").out
    assert "(provisional: dates not official yet)" in run(*arguments, "--explain").out


def test_open_time_between_two_instants(run: Run) -> None:
    """With --until, the open time, and backwards a negative one."""
    hours = ("--calendar", "CN", "--hours", "Mo-Fr 09:00-12:00,13:30-18:00")
    until = ("--until", "2026-10-08T17:00+08:00")
    assert run("deadline", START, *until, *hours).out == "8 h\n"
    told = run("deadline", START, *until, *hours, "--explain").out
    assert "Wed 30 Sep 16:30-18:00  1 h 30 min  1 h 30 min  weekly hours" in told
    back = run("deadline", "2026-10-08T17:00+08:00", "--until", START, *hours, "--json").data()
    assert (back["total"], back["duration"]) == (-28_800.0, None)


def test_rolling_by_another_calendar(run: Run) -> None:
    """Fifteen days from 19 September end on Sunday 4 October: the next working day is the 8th."""
    common = ("deadline", "2026-09-19T10:00+08:00", "15 calendar days, rolling forward")
    assert run(*common, "--calendar", "CN").out.startswith("Thu 8 Oct 2026 24:00")
    by = run(*common, "--calendar", "CN", "--roll-by", "GB-ENG").out
    assert by.startswith("Mon 5 Oct 2026 24:00")


def test_a_given_instant(run: Run) -> None:
    """Some orders carry their limit; it is shown in the calendar's zone."""
    given = ("--given", "promised_at=2026-10-09T08:00+00:00")
    out = run("deadline", START, "at promised_at", "--calendar", "CN", *given).out
    assert out.startswith("Fri 9 Oct 2026 16:00")


def test_a_calendar_of_your_own(run: Run, tmp_path: Path) -> None:
    """A calendar file stands where a code stands."""
    file = tmp_path / "desk.toml"
    file.write_text('zone = "Asia/Shanghai"\nhours = "Mo-Su 08:00-20:00"\n', encoding="utf-8")
    out = run("deadline", START, THREE, "--calendar", str(file)).out
    assert out == "Sat 3 Oct 2026 20:00 Asia/Shanghai\n"


def test_the_picture(run: Run, tmp_path: Path) -> None:
    """The picture is SVG that says in words what it shows."""
    picture = tmp_path / "deadline.svg"
    assert run("deadline", START, THREE, "--calendar", "CN", "--svg", str(picture)).code == 0
    root = ET.fromstring(picture.read_text(encoding="utf-8"))
    assert "Sat 10 Oct" in "".join(root.itertext())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2026-09-30T16:30", THREE), "in Asia/Shanghai it would be 2026-09-30T16:30+08:00"),
        (("tomorrow", THREE), "2026-09-30T16:30+08:00"),
        ((START, "3 days"), "3 working days, 3 calendar days"),
        ((START, "at promised_at"), "promised_at"),
        ((START, "at promised_at", "--given", "promised_at"), "NAME="),
        ((START, THREE, "--hours", "Mo 09:00-25:00"), "09:00-25:00"),
        ((START, THREE, "--roll-by", "XX"), "XX"),
        ((START, THREE, "--roll-by", "HK"), "rolling forward"),
        ((START, THREE, "--given", f"promised_at={START}"), "at promised_at"),
        ((START, "1,000 working hours"), "without separators"),
        ((START, THREE, "--svg", "/nowhere/at/all.svg"), "--svg"),
        ((START, "9000000 working hours"), "is the amount meant"),
    ],
)
def test_what_it_will_not_take(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Bad input is exit code 3, with a sentence that says what to write instead."""
    ran = run("deadline", *arguments, "--calendar", "CN")
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


@pytest.mark.parametrize("rest", [(), (THREE, "--until", START)])
def test_either_a_duration_or_an_end(run: Run, rest: tuple[str, ...]) -> None:
    """Neither, or both, is wrong usage."""
    ran = run("deadline", START, *rest, "--calendar", "CN")
    assert ran.code == 2
    assert "give a duration, or --until INSTANT" in ran.err


def test_an_unknown_calendar(run: Run) -> None:
    """The error names what is near."""
    ran = run("deadline", START, THREE, "--calendar", "GB")
    assert ran.code == 3
    assert "GB-SCT" in ran.err
