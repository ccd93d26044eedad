"""Who acts."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from workorder.testing.strategies.values import codes
from workorder.workflow import Actor


def actors(
    roles: Sequence[str], people: Sequence[str] = (), departments: Sequence[str] = ()
) -> SearchStrategy[Actor]:
    """People in some of *roles*; of *people* and *departments*, if any are given."""
    names = st.sampled_from(people) if people else codes(12)
    places = st.sampled_from(departments) if departments else codes(12)
    held = st.sets(st.sampled_from(roles), min_size=1, max_size=3).map(frozenset)
    ranks = st.sampled_from([0, 10, 30])
    return st.builds(Actor, names, held, st.none() | places, ranks)
