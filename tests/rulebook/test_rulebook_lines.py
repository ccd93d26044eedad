"""On which line a key of a TOML text stands."""

import pytest

from workorder.rulebook.files.lines import key_lines, line_of

TEXT = '''# a comment with [brackets] and = signs
name = "a [text] # no comment"
long = """
[not.a.table]
key = 1
"""
raw = \'\'\'
[neither]\'\'\'
list = [   # 9
  1, # ]
  "]",
  { a = "}" },
]
after = 1 # 14

[a . "b.c"]
x.y = 1
'single quoted' = 2

[[rows]]
to = 1
  [rows.sub]
  deep = 2
[[rows]]
to = 3
[rows.sub]
deep = 4
["labels"]
"en" = "x"
'''

LINES = {
    "name": 2,
    "long": 3,
    "raw": 7,
    "list": 9,
    "list[0]": 10,
    "list[1]": 11,
    "list[2]": 12,
    "after": 14,
    "a.b.c": 16,
    "a.b.c.x": 17,
    "a.b.c.x.y": 17,
    "a.b.c.single quoted": 18,
    "rows": 20,
    "rows[0]": 20,
    "rows[0].to": 21,
    "rows[0].sub": 22,
    "rows[0].sub.deep": 23,
    "rows[1]": 24,
    "rows[1].to": 25,
    "rows[1].sub": 26,
    "rows[1].sub.deep": 27,
    "labels": 28,
    "labels.en": 29,
}


def test_every_key_has_its_line() -> None:
    """Tables, lists of tables, dotted and quoted keys; strings, lists and comments are passed."""
    assert key_lines(TEXT) == LINES


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("rows[1].to", 25),
        ("rows[1].from", 24),
        ("rows[1].sub.deep[3].x", 27),
        ("list[2].a", 12),
        ("list[3]", 9),
        ("rows[7].to", 20),
        ("nothing", None),
        ("", None),
    ],
)
def test_the_nearest_line_around(key: str, line: int | None) -> None:
    """A key without a line has that of the nearest table or value around it."""
    assert line_of(key, LINES) == line


def test_a_text_with_windows_line_ends() -> None:
    """Lines are the same, however they end."""
    assert key_lines(TEXT.replace("\n", "\r\n")) == LINES
