"""TOML written: it reads back the same, and lies on the page as asked."""

import tomllib
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workorder.toml import Path, toml_key, toml_text, toml_value

texts = st.text(st.characters(codec="utf-8"), max_size=6).map(lambda text: text.replace("\r\n", ""))
values: st.SearchStrategy[Any] = st.recursive(
    texts
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.dates(date(1900, 1, 1))
    | st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
tables = st.dictionaries(texts, values, max_size=4)


@given(tables, st.booleans(), st.sets(texts))
def test_what_is_written_is_read_back(
    data: dict[str, Any], flat: bool, spread: frozenset[str]
) -> None:
    """Whatever stands in it, however it is laid out."""
    text = toml_text(data, inline=lambda _: flat, spread=spread)
    assert tomllib.loads(text) == data


def test_the_layout() -> None:
    """Plain values first; tables under headings, without empty ones; lists as asked."""
    data = {
        "tables": {"a": {"x": 1, "labels": {"en": "A"}}, "b c": {}},
        "list": [{"y": 2, "z": {"w": 3}}, {"y": 3}],
        "spread": [{"n": 1}, {"n": 2}],
        "short": ["a", "b"],
        "none": [],
        "empty": {},
    }

    def inline(path: Path) -> bool:
        return path[-1] == "labels"

    assert (
        toml_text(data, inline=inline, spread=("spread", "short"))
        == """spread = [
  { n = 1 },
  { n = 2 },
]
short = ["a", "b"]
none = []

[tables.a]
x = 1
labels = { en = "A" }

[tables."b c"]

[[list]]
y = 2

[list.z]
w = 3

[[list]]
y = 3

[empty]
"""
    )


def test_values_and_keys() -> None:
    """Single values on one line; keys in quotes only where they need them."""
    assert toml_value({}) == "{}"
    assert toml_value((1, True, 'a"\n')) == '[1, true, "a\\"\\n"]'
    assert [toml_key(each) for each in ("zh-CN", "a.b", "", "结")] == [
        "zh-CN",
        '"a.b"',
        '""',
        '"结"',
    ]
