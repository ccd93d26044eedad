"""The public incident log, reassessed: both ways, and against a count that knows nothing of us."""

import csv
import gzip
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from pathlib import Path

import pytest

from tests.insight.reassessed import DONE, everything, levels, resolution
from workorder.conditions import NEVER
from workorder.exchange import import_log, load_mapping
from workorder.insight import Histories, histories_of, reassess
from workorder.rulebook import it_desk, load_service_levels
from workorder.storage import MemoryStore

ROOT = Path(__file__).resolve().parents[2]
LOG = "servicenow_incident_event_log.csv.gz"
ROWS = 8_000
"""The first of the log; all of it is compared when it is measured (``benchmarks``)."""

UNTIL = datetime(2017, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def part(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first rows of the log, up to the end of an incident."""
    made = tmp_path_factory.mktemp("incidents") / "part.csv"
    with gzip.open(shared_data / LOG, "rt", encoding="ascii") as log:
        lines = list(islice(log, ROWS))
    last = lines[-1].partition(",")[0]
    made.write_text("".join(each for each in lines if each.partition(",")[0] != last))
    return made


@pytest.fixture(scope="module")
def incidents(part: Path) -> Histories:
    """The histories of those incidents."""
    store = MemoryStore()
    import_log(part, load_mapping(ROOT / "examples" / "servicenow_incidents.toml"), store)
    return histories_of(store)


@pytest.mark.parametrize("known", [True, False])
def test_both_ways_agree_on_incidents(incidents: Histories, known: bool) -> None:
    """By the example's service levels every incident comes out the same, in all that is said."""
    example = load_service_levels(ROOT / "examples" / "incident_service_levels.toml")
    rulebooks = [it_desk()] if known else None
    bulk = reassess(incidents, example, until=UNTIL, rulebooks=rulebooks, how="bulk")
    scalar = reassess(incidents, example, until=UNTIL, rulebooks=rulebooks, how="scalar")
    assert everything(bulk) == everything(scalar)
    assert bulk.at_once > 0.9 * bulk.tickets
    results = {each.metric: Counter[str]() for each in bulk.outcomes}
    for each in bulk.outcomes:
        results[each.metric][each.result] += 1
    assert all(min(found["met"], found["missed"]) > 100 for found in results.values())


def test_a_count_from_the_file(part: Path, incidents: Histories) -> None:
    """“Solved within three days” of the clock, counted from the file's cells alone."""
    with part.open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    solved = Counter[str]()
    for _number, entries in groupby(rows, key=lambda row: row["number"]):
        instants: list[tuple[datetime, str]] = []
        for row in entries:
            at = datetime.strptime(row["sys_updated_at"], "%d/%m/%Y %H:%M").replace(tzinfo=UTC)
            instants.append((max([at, *(each for each, _ in instants)]), row["incident_state"]))
        began = instants[0][0]
        ended = next(at for at, state in instants if state in {"Resolved", "Closed"})
        solved["met" if ended - began <= 3 * DAY else "missed"] += 1
    told = levels(resolution(pause=NEVER, stop=DONE), within="72 elapsed hours")
    for how in ("bulk", "scalar"):
        found = reassess(incidents, told, until=UNTIL, how=how)
        assert Counter(each.result for each in found.outcomes) == solved
