"""One line and several servers: against a few lines that know nothing of this library."""

from heapq import heapify, heappop, heappush

from hypothesis import given
from hypothesis import strategies as st

from tests.simulate.desk import POLICIES, SEED, comes, minute_of
from workorder.assign import Agent, AssignmentPolicy
from workorder.simulate import simulate

# Few minutes and many jobs: somebody comes just when somebody else is done.
jobs = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 6)), min_size=6, max_size=40)


def starts(work: list[tuple[int, int]], servers: int) -> list[int]:
    """When each begins, first come first served: as soon as one of the servers is free."""
    free = [0] * servers
    heapify(free)
    found = []
    for came, takes in work:
        began = max(came, heappop(free))
        heappush(free, began + takes)
        found.append(began)
    return found


@given(jobs, st.integers(1, 3), st.integers(1, 2), st.sampled_from(POLICIES))
def test_one_team_is_a_line_with_servers(
    work: list[tuple[int, int]], people: int, each_holds: int, policy: AssignmentPolicy
) -> None:
    """Whoever is chosen, every wait is that of the textbook: room is room."""
    work = sorted(work, key=lambda job: job[0])
    run = simulate(
        [comes(f"T{place:02}", came, takes, "cards") for place, (came, takes) in enumerate(work)],
        [Agent(f"a{n}", teams={"cards"}, capacity=each_holds) for n in range(people)],
        policy=policy,
        seed=SEED,
    )
    began = [minute_of(each.began) for each in run.services if each.began is not None]
    assert began == starts(work, people * each_holds)
