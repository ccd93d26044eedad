"""``workorder run-due --limit`` beside tickets on which time cannot act."""

from datetime import timedelta
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_run_due import LONG_AGO, TOLD, Fill, fill, path, renamed, state

__all__ = ["fill", "path", "renamed"]  # fixtures


def test_stuck_tickets_use_up_no_limit(run: Run, path: Path, fill: Fill, renamed: Path) -> None:
    """Those that are due first and stuck are told, and the limit is left to those behind them."""
    stuck = fill(TOLD, TOLD, TOLD, own=renamed)
    well = fill(TOLD, TOLD, TOLD, at=LONG_AGO + timedelta(days=1))
    ran = run("run-due", path, "--quiet", "--json", "--rulebook", "bank", "--limit", "2")
    assert (ran.code, ran.err) == (1, "")
    assert sorted(each["ticket"] for each in ran.data()["stuck"]) == sorted(x.id for x in stuck)
    assert sorted(state(path, each) for each in well) == ["archived", "archived", "resolved"]
