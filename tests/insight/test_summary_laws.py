"""Laws of the figures: they add up, whatever the log."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given

from tests.exchange.logs import brought
from tests.exchange.strategies import logs
from workorder.insight import summarise
from workorder.storage import MemoryStore


@given(logs())
def test_figures_add_up(log: list[dict[str, str]]) -> None:
    """Entries, transitions, first and last states and stays account for every row of the log."""
    store = MemoryStore()
    with TemporaryDirectory() as folder:
        brought(Path(folder), store, log)
    figures = summarise(store).as_data()
    tickets = {each["number"] for each in log}
    assert (figures["tickets"], figures["records"]) == (len(tickets), len(log))
    assert figures["entries_by_state"] == Counter(each["state"] for each in log)
    assert sum(figures["first_state"].values()) == len(tickets)
    assert sum(figures["last_state"].values()) == len(tickets)
    assert sum(sum(to.values()) for to in figures["transitions"].values()) == len(log)
    assert figures["transitions"]["(start)"] == figures["first_state"]
    for state, to in figures["transitions"].items():
        stays = figures["minutes_in_state"].get(state, {"count": 0})["count"]
        left = sum(number for name, number in to.items() if name != state)
        assert state == "(start)" or stays == left
    into = Counter[str]()
    for to in figures["transitions"].values():
        into.update(to)
    assert into == figures["entries_by_state"]
    assert all(each["sum"] >= 0 for each in figures["minutes_in_state"].values())
