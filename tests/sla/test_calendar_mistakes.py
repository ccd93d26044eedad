"""Calendar files with mistakes: all of them at once, each with file, key, found and expected."""

from pathlib import Path
from typing import Any

import pytest

from workorder.errors import ConfigurationError
from workorder.sla import calendar_from_data, calendar_from_toml, load_calendar

SOUND = 'zone = "UTC"\nhours = "Mo-Fr 09:00-17:00"\n'


def findings(text: str) -> dict[str, tuple[str, str]]:
    """What is wrong with the text of a calendar file: found and expected, by key."""
    with pytest.raises(ConfigurationError) as refused:
        calendar_from_toml(text, "desk.toml")
    found = refused.value.findings
    assert {each.file for each in found} == {"desk.toml"}
    assert len({each.key for each in found}) == len(found)
    return {each.key: (_bare(each.found), each.expected) for each in found}


def _bare(found: str) -> str:
    return found.translate(dict.fromkeys(map(ord, "“”'")))


def test_every_mistake_of_a_file_is_found_at_once() -> None:
    """One look at the errors is enough to mend the whole file."""
    text = """
zone = "Asia/Shanghi"
hours = "Mo-Fr 09:00-25:00"
breaks = "Fr 15:00-15:30,15:10-16:00"
short_days = "noon"
workday_like = "Mox"
workday_lke = "Mo"
substitutes = 1
horizon_years = 0
unpublished = "ignore"
name = 7

[[holidays]]
contry = "CN"
[[holidays]]
country = "XX"
[[holidays]]
country = "GB"
subdivision = "SCO"
categories = ["public", "bank"]
[[holidays]]
market = "XSHG"
country = "CN"
[[holidays]]
days = [2027-01-01, "2027-01-02", { date = 2027-01-03, kind = "wrkday" }]
[[holidays]]
country = "CN"
[[holidays.then]]
days = [2027-02-08]
published_through = 2027-12-31
[[holidays]]
sources = []

[[dates]]
date = 2026-02-13
hours = "09:00-09:00"
[[dates]]
date = 2026-02-13
closed = true
like = "Mo"
[[dates]]
date = "2026-02-14"
like = "Mux"
[[dates]]
date = 2026-02-16T00:00:00
closed = false

[[recurring]]
rrule = "FREQ=MONTHLY;BYDAY=2XX"
closed = "yes"
[[recurring]]
rrule = "FREQ=WEEKLY;BYDAY=SA;INTERVAL=2"
closed = true
[[recurring]]
closed = true
"""
    found = findings(text)
    assert {key: said for key, (said, _) in found.items()} == {
        "zone": "Asia/Shanghi",
        "hours": "09:00-25:00",
        "breaks.Fr": "15:00-15:30 and 15:10-16:00",
        "short_days": "noon",
        "workday_like": "Mox",
        "workday_lke": "an unknown key",
        "substitutes": "1",
        "horizon_years": "0",
        "unpublished": "ignore",
        "name": "7",
        "holidays[0]": "none of them",
        "holidays[0].contry": "an unknown key",
        "holidays[1].country": "XX",
        "holidays[2].subdivision": "SCO",
        "holidays[2].categories": "bank",
        "holidays[3]": "country and market",
        "holidays[4].days[1]": "2027-01-02",
        "holidays[4].days[2].kind": "wrkday",
        "holidays[4].published_through": "nothing",
        "holidays[5].then[0].published_from": "nothing",
        "holidays[6].sources": "none",
        "dates[0].hours": "09:00-09:00",
        "dates[1]": "closed and like",
        "dates[1].date": "2026-02-13, which stands at dates[0] already",
        "dates[2].date": "2026-02-14",
        "dates[2].like": "Mux",
        "dates[3].date": "2026-02-16 00:00:00",
        "dates[3].closed": "false",
        "recurring[0].rrule.BYDAY": "2XX",
        "recurring[0].closed": "yes",
        "recurring[1].since": "nothing",
        "recurring[2].rrule": "nothing",
    }
    assert found["zone"][1].startswith("Asia/Shanghai")
    assert found["workday_lke"][1] == "workday_like"
    assert found["holidays[0].contry"][1] == "country"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "zone"),
        ("", "hours"),
        ('zone = "UTC"\nhours = "off"', "hours"),
        (SOUND + '[holidays]\ncountry = "CN"\nconfirmd_through = 2026-12-31', "holidays."),
        (SOUND + 'holidays = "ZZ"', "holidays.country"),
        (SOUND + "holidays = 7", "holidays"),
        (SOUND + "holidays = []", "holidays"),
        (SOUND + "holidays = [7]", "holidays[0]"),
        (SOUND + "dates = 7", "dates"),
        (SOUND + "dates = [7]", "dates[0]"),
        (SOUND + "[dates]\ndate = 2026-01-01", "dates"),
        (SOUND + '[[dates]]\ndate = 2026-01-01\nclosed = true\nreson = "x"', "dates[0].reson"),
        (SOUND + '[holidays]\nfile = "days.csv"', "holidays.file"),
        (SOUND + '[holidays]\ncountry = "US"\ncategories = ["half_day"]', "short_days"),
        (SOUND + '[[holidays]]\ndays = [{ name = "x" }]', "holidays[0].days[0].date"),
        (SOUND + '[holidays]\ncountry = "CN"\nthen = [3]', "holidays.then[0]"),
        (SOUND + '[holidays]\ncountry = "CN"\ncategories = [1]', "holidays.categories"),
        (
            SOUND + "[holidays]\npublished_through = 2026-12-31\npublished_from = 2027-01-01\n"
            "days = []",
            "holidays.published_through",
        ),
        (
            SOUND + '[holidays]\npublished_through = "no end"\n'
            "days = [{ date = 2027-01-01, texts = { fr = 1 } }]",
            "holidays.days[0].texts.fr",
        ),
    ],
)
def test_single_mistakes_have_their_key(text: str, key: str) -> None:
    """Whatever is missing, of a wrong type, misspelt or does not fit is named by its path."""
    assert any(each == key or each.startswith(key) for each in findings(text))


def test_a_list_with_a_gap_before_it_is_refused() -> None:
    """Dates between two sources that follow each other belong to somebody."""
    text = SOUND + (
        '[holidays]\ncountry = "CN"\nconfirmed_through = 2026-12-31\n'
        "[[holidays.then]]\ndays = []\npublished_from = 2028-01-01\n"
        "published_through = 2028-12-31\n"
    )
    assert findings(text)["holidays"][0] == "nothing for 2027-01-01 to 2027-12-31"


def test_mistakes_in_a_list_name_the_list(tmp_path: Path) -> None:
    """The calendar file names another file; findings say which of the two is meant."""
    (tmp_path / "days.csv").write_text("date,kind\n2027-13-01,\n", encoding="utf-8")
    desk = tmp_path / "desk.toml"
    desk.write_text(SOUND + 'nme = "x"\n[holidays]\nfile = "days.csv"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_calendar(desk)
    assert {(Path(each.file).name, each.key) for each in refused.value.findings} == {
        ("desk.toml", "nme"),
        ("days.csv", "published_through"),
        ("days.csv", "line 2, date"),
    }


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, other encodings and text that is no TOML are findings too."""
    (tmp_path / "gbk.toml").write_bytes('name = "柜面"'.encode("gbk"))
    (tmp_path / "bad.toml").write_text("zone = \n", encoding="utf-8")
    for name, said in {
        "none.toml": "No such file",
        "gbk.toml": "utf-8",
        "bad.toml": "line 1",
    }.items():
        with pytest.raises(ConfigurationError) as refused:
            load_calendar(tmp_path / name)
        (finding,) = refused.value.findings
        assert finding.key == "file"
        assert finding.file == str(tmp_path / name)
        assert said in finding.found


@pytest.mark.parametrize("data", [None, 3, [], "zone"])
def test_data_that_is_no_table(data: Any) -> None:
    """What is no table at all is said to be none."""
    with pytest.raises(ConfigurationError, match="expected a table"):
        calendar_from_data(data)
