"""Readers of Mermaid and DOT, as much of both as a state diagram needs; anything else is an error.

They know only the text: states, frames and arrows come back with their labels.
"""

import re
from collections.abc import Iterator

from attrs import define, field

START = "(start)"
END = "(end)"


@define
class Graph:
    """What a picture says: frames with the labels of states, arrows with labels by those."""

    frames: dict[str, list[str]] = field(factory=dict)
    arrows: dict[tuple[str, str], list[str]] = field(factory=dict)
    ends: list[str] = field(factory=list)
    notes: dict[str, list[str]] = field(factory=dict)
    looks: dict[str, dict[str, str]] = field(factory=dict)

    def add(self, begin: str, end: str, said: list[str]) -> None:
        """One arrow; a second one between the same states is an error."""
        assert (begin, end) not in self.arrows
        self.arrows[begin, end] = said


# --- Mermaid ---------------------------------------------------------------------------------

_ID = r"[A-Za-z_][A-Za-z0-9_]*"
_TEXT = r'[^"\n:;{}<>|`\[\]%]*?'
_FRAME = re.compile(rf'state "({_TEXT})" as ({_ID}) \{{')
_STATE = re.compile(rf'state "({_TEXT})" as ({_ID})')
_SAID = r'[^"\n:;{}|`\[\]%]*'
_ARROW = re.compile(rf"(\[\*\]|{_ID}) --> (\[\*\]|{_ID})(?: : ({_SAID}))?")
_NOTE = re.compile(rf"note right of ({_ID}) : ({_SAID})")
_ENTITY = re.compile(r"#(\d+);")
_CODED = "\ue000{}\ue001"


def _hidden(text: str) -> str:
    """As Mermaid does before it reads: codes become signs of no meaning."""
    return _ENTITY.sub(lambda found: _CODED.format(found[1]), text)


def _plain(text: str) -> str:
    assert "#" not in text
    return re.sub("\ue000(\\d+)\ue001", lambda found: chr(int(found[1])), text)


def _parts(said: str) -> list[str]:
    parts = said.split("<br/>")
    assert not any("<" in part or ">" in part for part in parts)
    return [_plain(part) for part in parts]


def read_mermaid(text: str) -> Graph:
    """The graph that a Mermaid state diagram says."""
    first, *lines = _hidden(text).splitlines()
    assert first == "stateDiagram-v2"
    graph, labels, frame = Graph(), {"[*]": START}, None
    for line in map(str.strip, lines):
        if line == "}":
            assert frame is not None
            frame = None
        elif found := _FRAME.fullmatch(line):
            assert frame is None
            frame = graph.frames.setdefault(_plain(found[1]), [])
        elif found := _STATE.fullmatch(line):
            assert frame is not None
            assert found[2] not in labels
            labels[found[2]] = _plain(found[1])
            frame.append(labels[found[2]])
        elif found := _ARROW.fullmatch(line):
            assert frame is None
            if found[2] == "[*]":
                graph.ends.append(labels[found[1]])
            else:
                graph.add(labels[found[1]], labels[found[2]], _parts(found[3]))
        else:
            found = _NOTE.fullmatch(line)
            assert found, line
            assert labels[found[1]] not in graph.notes
            graph.notes[labels[found[1]]] = _parts(found[2])
    assert frame is None
    return graph


# --- DOT -------------------------------------------------------------------------------------

_TOKEN = re.compile(r'\s+|"((?:[^"\\]|\\.)*)"|(->)|([{}\[\];,=])|([A-Za-z_][A-Za-z0-9_]*|\d+)')


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """The tokens, and whether each is a quoted string."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        assert found, text[at : at + 40]
        if not found[0].isspace():
            yield (found[1], True) if found[1] is not None else (found[0], False)
        at = found.end()


def _lines(quoted: str) -> list[str]:
    """The lines of a label: a backslash and an n begins another, twice it is itself."""
    parts = [""]
    signs = iter(quoted)
    for sign in signs:
        if sign != "\\":
            parts[-1] += sign
            continue
        following = next(signs)
        assert following in {"n", "\\", '"'}, following
        if following == "n":
            parts.append("")
        else:
            parts[-1] += following
    assert not re.search("&(?!amp;)", quoted)
    return [part.replace("&amp;", "&") for part in parts]


def _statements(text: str) -> Iterator[list[tuple[str, bool]]]:
    statement: list[tuple[str, bool]] = []
    for token in _tokens(text):
        if token in {("{", False), ("}", False), (";", False)}:
            yield [*statement, token]
            statement = []
        else:
            statement.append(token)
    assert not statement


def _attributes(tokens: list[tuple[str, bool]]) -> dict[str, str]:
    assert tokens[0] == ("[", False)
    assert tokens[-1] == ("]", False)
    found = {}
    inner = tokens[1:-1]
    for at in range(0, len(inner), 4):
        (name, _), sign, (value, _) = inner[at : at + 3]
        assert sign == ("=", False)
        assert inner[at + 3 : at + 4] in ([], [(",", False)])
        found[name] = value
    return found


def read_dot(text: str) -> Graph:
    """The graph that a DOT text says."""
    graph, frame, depth = Graph(), None, 0
    labels: dict[str, str] = {}
    for statement in _statements(text):
        *tokens, (last, _) = statement
        words = [word for word, _ in tokens]
        if last == "{":
            depth += 1
            assert words[0] == ("digraph" if depth == 1 else "subgraph")
        elif last == "}":
            depth -= 1
            frame = None
        elif words[0] == "label":
            assert words[1] == "="
            frame = graph.frames.setdefault(_lines(words[2])[0], [])
        elif words[0] in {"graph", "node", "edge"}:
            graph.looks[words[0]] = _attributes(tokens[1:])
        elif words[1] == "->":
            begin, end = labels[words[0]], labels[words[2]]
            graph.add(begin, end, _lines(_attributes(tokens[3:])["label"]))
        else:
            look = _attributes(tokens[1:])
            assert words[0] not in labels
            labels[words[0]] = START if words[0] == "start" else _lines(look["label"])[0]
            graph.looks[labels[words[0]]] = look
            if frame is not None:
                frame.append(labels[words[0]])
            if look.get("peripheries") == "2":
                graph.ends.append(labels[words[0]])
    assert depth == 0
    return graph
