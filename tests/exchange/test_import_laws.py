"""Laws of importing, over logs and files of every shape."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.logs import SEALING, brought, everything, odd, wrong_with_replay
from tests.exchange.strategies import logs
from tests.storage.stores import all_stores
from workorder.exchange import ImportReport, mapping_from_data
from workorder.insight import summarise
from workorder.storage import FullStore, MemoryStore


@st.composite
def cut(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[tuple[int, int]]]:
    """A log, and files that cover it in order, each overlapping the one before or touching it."""
    log = draw(logs())
    runs = []
    until = 0
    while until < len(log):
        begin = draw(st.integers(0, until))
        until = draw(st.integers(max(until, begin + 1), len(log)))
        runs.append((begin, until))
    return log, runs


def seen(report: ImportReport) -> dict[str, int]:
    """The oddities of a file; ``time_raised`` is counted only when an entry is brought in."""
    return {kind: number for kind, number in odd(report).items() if kind != "time_raised"}


def figures(store: FullStore) -> dict[str, Any]:
    """The summary of a store; without examples, which are the first tickets in commit order."""
    made = summarise(store).as_data()
    return made | {"oddities": {kind: each["count"] for kind, each in made["oddities"].items()}}


@given(cut())
def test_files_in_order_are_the_log_at_once(
    made: tuple[list[dict[str, str]], list[tuple[int, int]]],
) -> None:
    """However a log is cut into files that cover it in order, the same tickets come of it."""
    log, runs = made
    with TemporaryDirectory() as name:
        folder = Path(name)
        at_once, piece_by_piece = MemoryStore(), MemoryStore()
        brought(folder, at_once, log)
        added = sum(brought(folder, piece_by_piece, log[a:b]).added for a, b in runs)
        assert added == len(log)
        assert everything(piece_by_piece) == everything(at_once)


@given(logs(), st.lists(st.integers(0, 12), max_size=3))
def test_a_run_that_began_before_goes_on(log: list[dict[str, str]], begun: list[int]) -> None:
    """A file of which the beginning is in already, once or more often, comes to the same end."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        at_once, resumed = MemoryStore(), MemoryStore()
        whole = brought(folder, at_once, log)
        for length in begun:
            brought(folder, resumed, log[:length])
        again = brought(folder, resumed, log)
        assert again.added + again.known == whole.added == len(log)
        assert seen(again) == seen(whole)
        assert everything(resumed) == everything(at_once)
        assert figures(resumed) == figures(at_once)


@given(logs())
def test_replay_of_the_records_is_the_ticket(log: list[dict[str, str]]) -> None:
    """In memory and on SQLite, the records of every ticket lead to the ticket that is kept."""
    plan = mapping_from_data(SEALING)
    titled = [{**each, "title": f"title {each['urgency']}"} for each in log]
    with TemporaryDirectory() as name, all_stores(("memory", "sqlite")) as stores:
        for store in stores.values():
            report = brought(Path(name), store, titled, plan)
            assert report.rows == report.added == len(log)
            assert report.tickets == len({each["number"] for each in log})
            assert wrong_with_replay(store) == []
