"""Databases with habits: a plain store is refused by the habit's name, a careful one survives."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.planted.stores.careful import CarefulStore
from tests.planted.stores.database import Habits
from tests.planted.stores.plain import PlainStore
from tests.planted.stores.products import (
    AccentsIgnored,
    AnyOrder,
    BlanksTrimmed,
    CaseIgnored,
    CountsBytes,
    CountsChanged,
    CutsBytes,
    CutsSilently,
    EmptyIsNull,
    FlagsAreFalse,
    FlagsAsLetters,
    FourBytesRefused,
    FourBytesReplaced,
    JsonRewritten,
    JsonSpaced,
    LocalTime,
    LocksNothing,
    MillisecondsOnly,
    NulRefused,
    NumbersAsDecimals,
    NumbersAsText,
    RollsNothingBack,
    SecondsOnly,
    SecondsRounded,
    WidthIgnored,
    ZoneDropped,
)
from tests.planted.stores.tables import TableStore
from workorder import MemoryStore, SQLiteStore
from workorder.storage import TicketStore
from workorder.testing import CHECKS, Report, check_store
from workorder.texts import CHINESE, ENGLISH

EXAMPLES = 2
"""Random histories for each store."""

SURVIVED: Mapping[type[Habits], str] = {
    NumbersAsText: "numbers_change_their_kind",
    NumbersAsDecimals: "numbers_change_their_kind",
    EmptyIsNull: "empty_text_becomes_null",
    FlagsAsLetters: "flags_are_misread",
    FlagsAreFalse: "flags_are_misread",
    JsonRewritten: "json_is_rewritten",
    JsonSpaced: "json_is_rewritten",
    BlanksTrimmed: "blanks_are_trimmed",
    CaseIgnored: "case_is_ignored",
    AccentsIgnored: "accents_are_ignored",
    WidthIgnored: "widths_are_ignored",
    CountsBytes: "text_is_counted_in_bytes",
    CutsBytes: "text_is_counted_in_bytes",
    FourBytesReplaced: "four_byte_characters_are_lost",
    FourBytesRefused: "four_byte_characters_are_lost",
    NulRefused: "bytes_are_taken_for_text",
    CutsSilently: "long_values_are_cut",
    MillisecondsOnly: "instants_lose_their_digits",
    SecondsOnly: "instants_lose_their_digits",
    SecondsRounded: "instants_lose_their_digits",
    LocalTime: "instants_lose_their_zone",
    ZoneDropped: "instants_lose_their_zone",
    AnyOrder: "rows_come_in_any_order",
    CountsChanged: "unchanged_rows_do_not_count",
    LocksNothing: "writers_are_not_kept_apart",
}
"""What a plain store is refused for; one that is written as the how-to page says lives with it."""

REFUSED: Mapping[type[Habits], str] = {RollsNothingBack: "statements_commit_alone"}
"""What no store can live with that leaves it to the transaction to undo what it wrote."""


def _name(given: object) -> str:
    return getattr(given, "__name__", str(given))


def checked(kind: type[TableStore], habits: type[Habits], *only: str) -> Report:
    """What the kit says of a store on a database with these habits."""
    return check_store(lambda: kind(habits()), only=only or None, examples=EXAMPLES, out=None)


def refused_for(report: Report, habit: str) -> None:
    """That the habit is the first thing named, and that nothing but habits was looked at."""
    failed = [each.check for each in report.failed]
    assert [each.name for each in failed][:1] == [f"habits.{habit}"], report.text()
    assert {each.chapter for each in failed} == {"habits"}
    rest = [each for each in report.results if each.check.chapter != "habits"]
    assert rest
    for each in rest:
        assert each.outcome == "skipped"
        assert f"habits.{habit}" in each.reason[ENGLISH]
        assert f"habits.{habit}" in each.reason[CHINESE]


@pytest.mark.parametrize(("habits", "named"), SURVIVED.items(), ids=_name)
def test_a_plain_store_is_refused_by_name(habits: type[Habits], named: str) -> None:
    """Each value in the column that is called like it: the kit names the habit and stops."""
    refused_for(checked(PlainStore, habits), named)


@pytest.mark.parametrize("habits", SURVIVED, ids=_name)
def test_a_careful_store_survives(habits: type[Habits]) -> None:
    """Binary columns, whole numbers, guarded updates: on the same database nothing is broken."""
    report = checked(CarefulStore, habits)
    assert report.ok, report.text()


@pytest.mark.parametrize(("habits", "named"), REFUSED.items(), ids=_name)
def test_what_nobody_survives(habits: type[Habits], named: str) -> None:
    """Where statements commit alone, the careful store is refused as well."""
    refused_for(checked(CarefulStore, habits), named)


def test_without_habits_none_is_named() -> None:
    """On a database as one would wish no habit is found, in the plain store either: it is the
    database that makes the difference.
    """
    assert checked(CarefulStore, Habits).ok
    report = checked(PlainStore, Habits, "habits")
    assert report.ok, report.text()


def test_every_habit_of_the_kit_is_met() -> None:
    """Each probe has a database that it is for; locks are probed for writers and for workers."""
    probes = {check.name.partition(".")[2] for check in CHECKS if check.chapter == "habits"}
    met = {*SURVIVED.values(), *REFUSED.values()}
    assert probes - met == {"locked_rows_are_not_skipped"}
    report = checked(PlainStore, LocksNothing, "habits")
    assert "habits.locked_rows_are_not_skipped" in {each.check.name for each in report.failed}


@pytest.mark.parametrize("kind", ["memory", "memory without history", "sqlite"])
def test_the_stores_that_ship_have_no_habits(kind: str, tmp_path: Path) -> None:
    """Nothing is found where nothing is."""
    files = iter(range(1_000))
    made: Mapping[str, Callable[[], TicketStore]] = {
        "memory": MemoryStore,
        "memory without history": lambda: MemoryStore(history=False),
        "sqlite": lambda: SQLiteStore(tmp_path / f"{next(files)}.db"),
    }
    report = check_store(made[kind], only=["habits"], out=None)
    assert report.ok, report.text()
