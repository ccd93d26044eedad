"""What happened does not depend on how often somebody looked, nor on how many looked."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.due import AtRandom, Dying, always, differences, never, outcome, schedule
from tests.laws.walking import Plan, plans
from workorder.storage import MemoryStore, SQLiteStore

EASE = [HealthCheck.too_slow]
seeds = st.integers(0, 2**32)


def check_often(plan: Plan, seed: int) -> None:
    """The same ends whether time acts never, before every command, or now and then."""
    orders = schedule(plan)
    first = outcome(plan, orders, MemoryStore(), never)
    for between in (always, AtRandom(random.Random(seed)), Dying(random.Random(seed))):
        assert differences(first, outcome(plan, orders, MemoryStore(), between)) == []


@settings(max_examples=40, suppress_health_check=EASE)
@given(plan=plans(35), seed=seeds)
def test_it_does_not_matter_how_often_time_is_let_act(plan: Plan, seed: int) -> None:
    """The same commands end the same without any run, with one before each, and at random."""
    check_often(plan, seed)


@settings(max_examples=5, suppress_health_check=EASE)
@given(plan=plans(25), seed=seeds)
def test_nor_on_which_store(plan: Plan, seed: int) -> None:
    """The same on a file, among workers that die with tickets in their hands."""
    orders = schedule(plan)
    with TemporaryDirectory() as folder, SQLiteStore(Path(folder) / "due.db") as store:
        ended = outcome(plan, orders, store, Dying(random.Random(seed)))
    assert differences(outcome(plan, orders, MemoryStore(), never), ended) == []


@pytest.mark.long
@settings(max_examples=1_000, suppress_health_check=list(HealthCheck))
@given(plan=plans(80), seed=seeds)
def test_long_lives_with_and_without_runs(plan: Plan, seed: int) -> None:
    """The same for longer lives, and many more of them."""
    check_often(plan, seed)
