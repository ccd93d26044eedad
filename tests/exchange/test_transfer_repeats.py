"""Commands that an export names twice: said as what they are, and never tried for ever."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.transfers import busy, changed, exported, loaded, signed
from workorder.errors import SourceError, StoreError
from workorder.storage import FullStore, MemoryStore, SQLiteStore

LINES = exported(busy(MemoryStore()))


@pytest.fixture(params=["memory", "sqlite"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FullStore]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
    else:
        with SQLiteStore(tmp_path / "target.db") as made:
            yield made


def numbers_of_first() -> list[int]:
    """Where the records of the first ticket stand."""
    said = [json.loads(line) for line in LINES]
    ticket = said[1]["ticket"]
    return [number for number, each in enumerate(said, 1) if each.get("ticket") == ticket]


def test_a_command_twice_in_one_change(target: FullStore) -> None:
    """Every store is spared it: the line is wrong."""
    number = numbers_of_first()[0]
    marks = json.loads(LINES[number - 1])["marks"]
    with pytest.raises(SourceError) as refused:
        loaded(signed(changed(LINES, number, marks=marks * 2)), target)
    assert (refused.value.code, refused.value.facts["line"]) == ("wrong_line", number)
    assert target.ids() == ()


def test_a_command_in_two_changes_of_a_ticket(target: FullStore) -> None:
    """It was brought in otherwise before; nobody is told to try again later."""
    first, second, *_ = numbers_of_first()
    marks = json.loads(LINES[first - 1])["marks"]
    for _time in range(2):
        with pytest.raises(StoreError) as refused:
            loaded(signed(changed(LINES, second, marks=marks)), target)
        assert (refused.value.code, refused.value.facts["line"]) == ("already_other", second)
