"""Random small logs."""

from hypothesis import strategies as st

from tests.exchange.logs import entry

STATES = ("New", "Given", "Active", "Solved", "Closed", "Waiting")

rows = st.builds(
    entry,
    st.sampled_from(["C1", "C2", "C3"]),
    st.sampled_from(STATES),
    st.integers(0, 3_000),
    by=st.sampled_from(["", "li", "wang", "boss"]),
    owner=st.sampled_from(["", "li", "wang"]),
    team=st.sampled_from(["", "hall", "cards"]),
    client=st.sampled_from(["", "K-1", "K-2"]),
    opened=st.sampled_from(["", "2026-03-01 00:10"]),
    urgency=st.sampled_from(["", "1", "2", "high"]),
    moves=st.sampled_from(["", "0", "1"]),
    back=st.sampled_from(["", "0", "1"]),
)


@st.composite
def logs(draw: st.DrawFn) -> list[dict[str, str]]:
    """A log no two entries of which are alike, as a log with a running number is."""
    drawn = draw(st.lists(rows, min_size=1, max_size=12))
    return [{**each, "seq": str(number)} for number, each in enumerate(drawn)]
