"""Random histories by hypothesis: a store beside the reference, until they part ways.

Needs hypothesis, which shrinks a failing history to the smallest one it finds.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from workorder.testing.acts import (
    AGENTS,
    COMMANDS,
    ERASES,
    IDS,
    LETTERS,
    STATES,
    Act,
    Claim,
    Look,
    Pair,
    Read,
    Release,
    Take,
    Touch,
    Write,
)
from workorder.testing.batches import batch, opening
from workorder.testing.trial import Broken, Trial

WORKERS = ("w1", "w2")

_touches = st.builds(
    Touch,
    st.sampled_from(IDS),
    st.sampled_from(COMMANDS),
    st.sampled_from([0, 0, 0, 0, -1, 1]),
    st.integers(1, 2),
    st.sampled_from(STATES),
    st.none() | st.integers(0, 4),
    st.lists(st.sampled_from(LETTERS), max_size=2, unique=True).map(tuple),
    st.sampled_from(ERASES),
)


def store_machine(make_store: Callable[[], Any]) -> type[RuleBasedStateMachine]:
    """A state machine that compares what *make_store* gives with the reference.

    Use it as hypothesis has it: ``TestOurs = store_machine(make).TestCase``.
    """

    class StoreMachine(RuleBasedStateMachine):
        """A store beside the reference."""

        def __init__(self) -> None:
            super().__init__()
            self._trial = Trial(make_store)
            self._pair = Pair(self._trial)

        def _play(self, act: Act) -> None:
            act.play(self._pair)

        @rule(
            touches=st.lists(
                _touches, min_size=1, max_size=3, unique_by=lambda each: each.ticket
            ).map(tuple),
            messages=st.integers(0, 2),
            agent=st.none() | st.sampled_from(AGENTS),
            units=st.integers(-1, 2),
        )
        def write(
            self, touches: tuple[Touch, ...], messages: int, agent: str | None, units: int
        ) -> None:
            """Commit a batch."""
            self._play(Write(touches, messages, agent, units))

        @rule(
            minute=st.integers(0, 6),
            minutes=st.integers(1, 3),
            worker=st.sampled_from(WORKERS),
            limit=st.integers(1, 3),
        )
        def claim(self, minute: int, minutes: int, worker: str, limit: int) -> None:
            """Claim what is due."""
            self._play(Claim(minute, minutes, worker, limit))

        @rule(ticket=st.sampled_from(IDS), worker=st.sampled_from(WORKERS))
        def release(self, ticket: str, worker: str) -> None:
            """Give a ticket back."""
            self._play(Release(ticket, worker))

        @rule(places=st.lists(st.integers(0, 3), max_size=2, unique=True).map(tuple))
        def take(self, places: tuple[int, ...]) -> None:
            """Take messages off."""
            self._play(Take(places))

        @invariant()
        def alike(self) -> None:
            """Both have the same."""
            for ticket in IDS:
                self._play(Read(ticket))
            self._play(Look())

        def teardown(self) -> None:
            """Give the store back."""
            self._trial.__exit__()

    return StoreMachine


def look_for_a_difference(make_store: Callable[[], Any], *, examples: int = 50) -> None:
    """Run the machine with *examples* histories.

    Raises:
        Broken: with the smallest history that hypothesis found, printed call by call.
    """
    _give_empty_ones(make_store)
    run_state_machine_as_test(
        store_machine(make_store),
        settings=settings(
            max_examples=max(1, examples),
            stateful_step_count=12,
            deadline=None,
            phases=[each for each in Phase if each is not Phase.explain],  # the history says it
            suppress_health_check=list(HealthCheck),
        ),
    )


def _give_empty_ones(make_store: Callable[[], Any]) -> None:
    """Hypothesis makes many stores, and takes those that remember for chance."""
    with Trial(make_store) as trial:
        trial.store.commit(batch(opening("T1")))
    with Trial(make_store) as trial:
        if trial.store.load(("T1",)):
            message = "`make_store` gave a store that is not empty: each has to be new"
            raise Broken(message)
