"""``workorder calendar``: a month, a year, the ready calendars."""

import re
import sys

import pytest

from tests.cli.conftest import Run


def test_a_month(run: Run) -> None:
    """Weeks from Monday on, marks, and what is special about which date."""
    ran = run("calendar", "CN", "2026-10")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "Oct 2026: 18 working days, 162 h open"
    assert lines[2].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert lines[3].split() == ["1", "off", "2", "off", "3", "off", "4", "off"]
    assert lines[4].split()[-5:] == ["9", "10", "work", "11", "-"]
    assert "Sat 10 Oct    work   substituted workday  09:00-18:00" in lines
    assert lines[-1].startswith("Holidays known through 20")


def test_a_month_in_chinese(run: Run) -> None:
    """The marks are those of calendars on the wall."""
    out = run("calendar", "CN", "2026-10", "--lang", "zh-CN").out
    assert "10 班" in out
    assert " 1 休" in out
    assert "10月7日 周三  休     休息日" in out


def test_a_month_that_nobody_has_published(run: Run) -> None:
    """Each of its dates carries a question mark, and the last line says what that means."""
    out = run("calendar", "CN", "2098-03").out
    assert "Dates with “?” are not official yet." in out
    assert out.count("?") >= 31


def test_a_month_as_json(run: Run) -> None:
    """Programs get every date with its windows and reason."""
    data = run("calendar", "CN", "2026-10", "--json", "--hours", "Mo-Fr 09:00-12:00").data()
    assert (data["month"], data["working_days"], data["open_seconds"]) == ("2026-10", 18, 194_400)
    tenth = data["days"][9]
    assert (tenth["date"], tenth["why"], tenth["open"]) == ("2026-10-10", "workday", True)
    assert tenth["windows"] == [["2026-10-10T09:00:00+08:00", "2026-10-10T12:00:00+08:00"]]
    assert data["published_through"] >= "2026-12-31"


def test_a_year(run: Run, tables: str) -> None:
    """Working days by month, and every exception; 248 working days in 2026, by the notice."""
    out = run("calendar", "CN", "2026").out
    assert "248 working days in 2026." in out
    assert "Sat 14 Feb" in out
    data = run("calendar", "CN", "2026", "--json").data()
    assert sum(each["working_days"] for each in data["months"]) == 248


def test_a_calendar_without_holidays_knows_no_end(run: Run, tmp_path: object) -> None:
    """Nothing is said about published dates where none are needed."""
    file = f"{tmp_path}/desk.toml"
    with open(file, "w", encoding="utf-8") as made:  # noqa: PTH123 (a plain file is enough)
        made.write('zone = "UTC"\nhours = "24/7"\n')
    out = run("calendar", file, "2026-02").out
    assert "known through" not in out
    assert out.startswith("Feb 2026: 28 working days, 672 h open")


def test_the_ready_calendars(run: Run, tables: str) -> None:
    """The list has codes, zones and hours, and says that hours are a placeholder."""
    out = run("calendar", "--list").out
    assert "GB-SCT" in out
    assert "Hours are a placeholder" in out
    listed = run("calendar", "--list", "--json").data()["calendars"]
    (china,) = [each for each in listed if each["code"] == "CN"]
    assert china["zone"] == "Asia/Shanghai"
    assert all(each["sources"] and each["covers"] for each in listed)


def test_about_one_calendar(run: Run) -> None:
    """Without a month, what it covers, where that is known from, and its caveats."""
    out = run("calendar", "HK").out
    assert out.startswith("HK: Hong Kong, Asia/Hong_Kong, Mo-Fr 09:00-17:00\n")
    assert "follow the moon" in out
    assert run("calendar", "HK", "--json").data()["code"] == "HK"
    assert "中国香港" in run("calendar", "HK", "--lang", "zh-CN").out


def test_nothing_to_show_is_wrong_usage(run: Run) -> None:
    """Neither a calendar nor the list."""
    ran = run("calendar")
    assert ran.code == 2
    assert "or --list" in ran.err


def test_dates_that_need_no_notice_have_no_end(run: Run) -> None:
    """Where dates are computed by law there is no last notice to tell of."""
    assert "known through" not in run("calendar", "US", "2026-07").out


def test_in_colour_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are colours the month says the same as without."""
    plain = run("calendar", "CN", "2026-10").out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = run("calendar", "CN", "2026-10").out
    without = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert without.split() == plain.split()
    assert shown != without


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("CN", "October"), "2026-10 or 2026"),
        (("CN", "2026-13"), "a year and a month"),
        (("CN", "1492-10"), "1900"),
        (("XX", "2026-10"), "XX"),
    ],
)
def test_what_it_will_not_take(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Bad input is exit code 3, with a sentence that says what to write instead."""
    ran = run("calendar", *arguments)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err
