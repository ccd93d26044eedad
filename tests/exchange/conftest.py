"""What tests of importing share: an empty store, and the real log brought in once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from workorder.storage import FullStore, MemoryStore, SQLiteStore

ROOT = Path(__file__).resolve().parents[2]
MAPPING = ROOT / "examples" / "servicenow_incidents.toml"
LOG = "servicenow_incident_event_log.csv.gz"


@pytest.fixture
def memory() -> FullStore:
    """An empty store in memory."""
    return MemoryStore()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FullStore]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
    else:
        with SQLiteStore(tmp_path / "store.db") as made:
            yield made


def command(*arguments: str | Path) -> list[str]:
    """The command line, to be started as a program."""
    start = "import sys; from workorder.cli import main; sys.exit(main())"
    return [sys.executable, "-X", "utf8", "-c", start, *map(str, arguments)]


def answer(*arguments: str | Path) -> Any:
    """What the command line says as JSON; it must end well."""
    done = subprocess.run(
        command(*arguments, "--json"),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@frozen
class Brought:
    """The real log, brought in by the command line.

    Attributes:
        log: the file it came from.
        store: the store it is in.
        report: what the import said.
        summary: what ``workorder summary`` says.
    """

    log: Path
    store: Path
    report: Any
    summary: Any


@pytest.fixture(scope="session")
def real_log(shared_data: Path) -> Path:
    """The public log of a service desk."""
    path = shared_data / LOG
    assert path.is_file(), path
    return path


@pytest.fixture(scope="session")
def servicenow(real_log: Path, tmp_path_factory: pytest.TempPathFactory) -> Brought:
    """The whole of the real log, brought in once for all tests."""
    store = tmp_path_factory.mktemp("servicenow") / "store.db"
    report = answer("import", real_log, "--mapping", MAPPING, "--store", store)
    return Brought(real_log, store, report, answer("summary", store))
