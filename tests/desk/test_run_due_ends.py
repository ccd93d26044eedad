"""A run of what is due ends, whatever a store says is due."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from tests.desk.duties import AT, QUIET, Duty
from workorder.instants import instant_text
from workorder.storage import Snapshot, SQLiteStore


class EndlessError(Exception):
    """A run claims again and again."""


class Bounded(SQLiteStore):
    """A store in a file that does not lend for ever."""

    claims = 0

    def claim_due(
        self, at: datetime, until: datetime, worker: str, limit: int = 100
    ) -> Sequence[Snapshot]:
        """Lend, a hundred times at most."""
        self.claims += 1
        if self.claims > 100:
            raise EndlessError
        return super().claim_due(at, until, worker, limit)


@pytest.mark.parametrize("limit", [None, 1])
def test_a_ticket_that_only_its_column_says_is_due(limit: int | None, tmp_path: Path) -> None:
    """Lent though no timer of it is due, it is looked at once in a run, and those behind it have
    their turn, however small the limit.
    """
    with Bounded(tmp_path / "store.db") as store:
        duty = Duty(store)
        ticket = duty.resolved("a")
        duty.wait(until=QUIET)
        assert duty.desk.run_due().fired == {"close": 1}
        other = duty.resolved("b")
        store._connections.get().execute(
            "UPDATE workorder_tickets SET next_timer = ? WHERE id = ?",
            (instant_text(AT), ticket.id),
        )
        duty.wait(until=duty.get(other).next_timer_at or QUIET)
        run = duty.desk.run_due(limit=limit, size=1)
        assert (run.claimed, run.fired, run.stuck) == (2, {"close": 1}, ())
        assert duty.get(other).state == "closed"
        assert duty.desk.run_due().claimed == 0  # it stays lent until the lease is over
