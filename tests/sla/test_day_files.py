"""Lists of days as files: TOML and CSV, what they mean, and every mistake at once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workorder.errors import ConfigurationError
from workorder.sla import DayKind, ListedHolidays, SourceDay, load_days
from workorder.texts import Label

NAMED = Label("New Year's Day", {"en": "New Year's Day", "zh-CN": "元旦"})
EXPECTED = ListedHolidays(
    [
        (date(2027, 1, 1), SourceDay(DayKind.HOLIDAY, NAMED)),
        (date(2027, 1, 3), SourceDay(DayKind.WORKDAY)),
        (date(2027, 2, 5), SourceDay(DayKind.SHORT, Label("eve"))),
    ],
    date(2027, 1, 1),
    date(2027, 12, 31),
)
TOML = """
published_from = 2027-01-01
published_through = 2027-12-31
days = [
  { date = 2027-01-01, name = "New Year's Day", name_zh = "元旦" },
  { date = 2027-01-03, kind = "workday" },
  { date = 2027-02-05, kind = "short", name = "eve" },
]
"""
CSV = """# published_from: 2027-01-01
# published_through: 2027-12-31
date,kind,name,name_zh
2027-01-01,,New Year's Day,元旦
2027-01-03,workday,,
2027-02-05,short,eve,
"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """A file with that text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def findings(path: Path, **options: Any) -> list[tuple[str, str]]:
    """What is wrong with a file: key and what was found; each finding names the file."""
    with pytest.raises(ConfigurationError) as refused:
        load_days(path, **options)
    assert {each.file for each in refused.value.findings} == {str(path)}
    return [(each.key, each.found) for each in refused.value.findings]


@pytest.mark.parametrize(("name", "text"), [("days.toml", TOML), ("DAYS.CSV", CSV)])
def test_both_forms_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    """Dates, kinds, names in two languages, and how far the list speaks."""
    assert load_days(written(tmp_path, name, text)) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.replace("\n", "\r\n"),
        CSV.replace("2027-01-03", "2027/1/3"),
        CSV.replace("date,kind", "Date, KIND").replace("workday,,", "Workday,,"),
        CSV.replace("# published_from: 2027-01-01", '"# published_from: 2027-01-01",,,'),
        CSV + "\n,,,\n# a remark, with a comma\n",
        CSV.replace("name_zh\n", "name_zh,,\n").replace("元旦\n", "元旦,,\n"),
    ],
)
def test_what_spreadsheets_do_to_csv_is_understood(tmp_path: Path, text: str | bytes) -> None:
    """A byte order mark, other line ends, dates with slashes, capitals, empty cells and lines."""
    assert load_days(written(tmp_path, "days.csv", text)) == EXPECTED


def test_columns_may_be_few_and_in_any_order(tmp_path: Path) -> None:
    """Only the date must be there; a blank kind means a holiday."""
    text = "# published_through: no end\nname,date\nFounding day,2026-09-18\n"
    assert load_days(written(tmp_path, "own.csv", text)) == ListedHolidays.of(
        holidays=[date(2026, 9, 18)], name="Founding day"
    )


def test_bare_dates_are_holidays(tmp_path: Path) -> None:
    """In TOML a list of dates is enough."""
    text = 'published_through = "no end"\ndays = [2026-09-18, 2027-09-17]\n'
    assert load_days(written(tmp_path, "own.toml", text)) == ListedHolidays.of(
        holidays=[date(2026, 9, 18), date(2027, 9, 17)]
    )


@pytest.mark.parametrize(("name", "text"), [("days.toml", TOML), ("days.csv", CSV)])
def test_arguments_overrule_the_file(tmp_path: Path, name: str, text: str) -> None:
    """How far the list speaks may be said by who loads it."""
    path = written(tmp_path, name, text)
    known = load_days(path, published_from=date(2026, 12, 26), published_through="no end")
    assert (known.published_from, known.published_through) == (date(2026, 12, 26), None)
    assert load_days(path, published_through=date(2027, 6, 30)).published_through == date(
        2027, 6, 30
    )


@pytest.mark.parametrize(
    ("name", "text"), [("days.toml", "days = []"), ("days.csv", "date\n2027-01-01\n")]
)
def test_a_list_must_say_how_far_it_goes(tmp_path: Path, name: str, text: str) -> None:
    """Nobody is to take silence about 2028 for official working days."""
    path = written(tmp_path, name, text)
    assert findings(path) == [("published_through", "nothing")]
    assert load_days(path, published_through=date(2027, 12, 31)).published_through is not None


def test_every_mistake_in_a_csv_file_is_found_at_once(tmp_path: Path) -> None:
    """Each is named by line and column."""
    text = """# published_through: soon
# published_form: 2027-01-01
date,kind,name
2027-02-29,,leap
27-01-01,,
,holiday,no date
2027-01-01,holliday,
2027-05-01,,May,day
2027-05-02,,
2027-05-02,workday,
"""
    assert findings(written(tmp_path, "days.csv", text)) == [
        ("line 1, published_through", "“soon”"),
        ("line 2, published_form", "an unknown setting"),
        ("published_through", "nothing"),
        ("line 4, date", "“2027-02-29” (day is out of range for month)"),
        ("line 5, date", "“27-01-01”"),
        ("line 6, date", "nothing"),
        ("line 7, kind", "“holliday”"),
        ("line 8", "4 cells"),
        ("line 10, date", "2027-05-02, which stands on line 9 already"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["an empty file"]),
        ("2027-01-01,holiday\n", ["“2027-01-01”", "“holiday”", "no column “date”"]),
        ("date;kind\n2027-01-01;\n", ["“date;kind”", "no column “date”"]),
        ("date,date\n", ["“date” more than once"]),
    ],
)
def test_a_csv_file_needs_its_header(tmp_path: Path, text: str, found: list[str]) -> None:
    """Without a header, or with other separators, nothing is guessed."""
    path = written(tmp_path, "days.csv", text)
    assert [each for _, each in findings(path, published_through="no end")] == found


def test_every_mistake_in_a_toml_file_is_found_at_once(tmp_path: Path) -> None:
    """Each is named by its path."""
    text = """
published_form = 2027-01-01
published_through = "2027-12-31"
days = [
  { date = "2027-01-01" },
  { dat = 2027-01-02, kind = "off" },
  { date = 2027-01-03, name = 7, estimated = "yes" },
  2027-01-04T00:00:00,
]
"""
    assert findings(written(tmp_path, "days.toml", text)) == [
        ("published_through", "“2027-12-31”"),
        ("days[0].date", "“2027-01-01”"),
        ("days[1].date", "nothing"),
        ("days[1].kind", "“off”"),
        ("days[1].dat", "an unknown key"),
        ("days[2].name", "7"),
        ("days[2].estimated", "“yes”"),
        ("days[3]", "2027-01-04 00:00:00"),
        ("published_form", "an unknown key"),
    ]


def test_a_date_twice_in_toml(tmp_path: Path) -> None:
    """A date has one meaning."""
    text = 'published_through = "no end"\ndays = [2027-01-01, 2027-01-01]\n'
    assert findings(written(tmp_path, "days.toml", text)) == [("days", "2027-01-01 twice")]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Missing, of another kind, in another encoding (GBK, as some spreadsheets save), no TOML."""
    assert findings(tmp_path / "none.csv")[0][0] == "file"
    assert findings(tmp_path / "days.xlsx") == [("file", ".xlsx")]
    assert findings(tmp_path / "days") == [("file", "no ending")]
    ((key, found),) = findings(written(tmp_path, "gbk.csv", CSV.encode("gbk")))
    assert key == "file"
    assert "utf-8" in found
    assert findings(written(tmp_path, "bad.toml", "days = ["))[0][0] == "file"


def test_filters_are_for_calendars_of_events(tmp_path: Path) -> None:
    """What means nothing for a list of days is refused, not ignored."""
    path = written(tmp_path, "days.csv", CSV)
    assert [key for key, _ in findings(path, years=(2027, 2027), transparent=True)] == [
        "years",
        "transparent",
    ]
