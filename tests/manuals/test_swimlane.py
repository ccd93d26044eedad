"""The swimlane picture: what it shows, and that it can be read."""

from itertools import combinations, pairwise
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

import attrs
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from tests.manuals.manual_samples import (
    ACTIONS,
    HOSTILE,
    LANGUAGES,
    RULEBOOKS,
    medium,
    medium_workflow,
)
from tests.manuals.table_oracle import by_role, edges, shown
from workorder.manuals import swimlane
from workorder.workflow import NEW, Action, Role, Row, State, Workflow

SVG = "{http://www.w3.org/2000/svg}"
CASES = [(name, language) for name in RULEBOOKS for language in LANGUAGES]


def drawn(name: str, language: str) -> tuple[Workflow, ET.Element]:
    """A workflow, and its picture read as XML."""
    workflow = RULEBOOKS[name]().workflow
    return workflow, ET.fromstring(swimlane(workflow, language=language))


def number(element: ET.Element, name: str) -> float:
    """A number that an element has."""
    return float(element.attrib[name])


def title(element: ET.Element) -> str:
    """What an element is called for those who cannot see it."""
    return element.findtext(f"{SVG}title") or ""


def columns(root: ET.Element) -> dict[str, float]:
    """The middle of each state's column by its label; of new tickets by none."""
    found = {}
    for group in root.findall(f"{SVG}g[@class='state']"):
        box = group.find(f"{SVG}rect")
        assert box is not None
        found[title(group)] = number(box, "x") + number(box, "width") / 2
    (start,) = root.findall(f"{SVG}circle[@class='start']")
    return {NEW: number(start, "cx"), **found}


def pairs(group: ET.Element, places: dict[str, float]) -> set[tuple[str, str]]:
    """Which states the arrows of a move join, from where they begin and end on the sheet."""

    def nearest(x: float) -> str:
        return min(places, key=lambda name: abs(places[name] - x))

    dots = [number(each, "cx") for each in group.findall(f"{SVG}circle[@class='from']")]
    tips = []
    for each in group.findall(f"{SVG}polygon[@class='to']"):
        (tip, _), (back, _), _ = (map(float, p.split(",")) for p in each.attrib["points"].split())
        tips.append((tip, tip > back))
    found = set()
    for dot in dots:
        rightward = dot > places[nearest(dot)]
        for tip, right in tips:
            if rightward == right and (tip > dot) == right:
                found.add((nearest(dot), nearest(tip)))
    return found


@pytest.mark.parametrize(("name", "language"), CASES)
def test_lanes_show_who_moves_what(name: str, language: str) -> None:
    """Read from the drawing alone, each lane holds exactly the moves of its role."""
    workflow, root = drawn(name, language)
    roles = {shown(each.labels[language]): each.name for each in workflow.roles}
    states = {shown(each.labels[language]): each.name for each in workflow.states} | {NEW: NEW}
    expected: dict[str, set[tuple[str, str]]] = {
        role: {(source, target) for _, source, target in found}
        for role, found in by_role(workflow).items()
    }
    places = columns(root)
    found: dict[str, set[tuple[str, str]]] = {}
    lanes = root.findall(f"{SVG}g[@class='lane']")
    for lane in lanes:
        for group in lane.findall(f"{SVG}g[@class='move']"):
            joined = {(states[a], states[b]) for a, b in pairs(group, places)}
            assert joined
            found.setdefault(roles[title(lane)], set()).update(joined)
    assert found == expected
    assert len(lanes) == len(expected)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_move_says_its_action(name: str, language: str) -> None:
    """Per lane, the words of the moves name exactly the actions with which the role moves."""
    workflow, root = drawn(name, language)
    roles = {shown(each.labels[language]): each.name for each in workflow.roles}
    expected = by_role(workflow)
    for lane in root.findall(f"{SVG}g[@class='lane']"):
        said = [title(group) for group in lane.findall(f"{SVG}g[@class='move']")]
        actions = {action for action, _, _ in expected[roles[title(lane)]]}
        labels = {shown(each.labels[language]) for each in workflow.actions if each.name in actions}
        colon = ": " if language == "en" else "："
        assert all(any(each.startswith(label + colon) for label in labels) for each in said)
        assert all(any(each.startswith(label + colon) for each in said) for label in labels)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_states_stand_under_their_stages_in_order(name: str, language: str) -> None:
    """Columns are every state once, stage by stage, new tickets before them all."""
    workflow, root = drawn(name, language)
    order = ["intake", "dispatch", "handling", "conclusion"]
    expected = [
        shown(each.labels[language])
        for stage in order
        for each in workflow.states
        if each.stage == stage
    ]
    places = columns(root)
    assert sorted(places, key=lambda label: places[label]) == [NEW, *expected]
    headers = root.findall(f"{SVG}rect[@class='stage']")
    used = [stage for stage in order if any(each.stage == stage for each in workflow.states)]
    assert len(headers) == len(used)
    for header, stage in zip(headers, used, strict=True):
        left, right = number(header, "x"), number(header, "x") + number(header, "width")
        below = {label for label, x in places.items() if left < x < right}
        assert below == {
            shown(each.labels[language]) for each in workflow.states if each.stage == stage
        }


@frozen
class Box:
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles share a point inside both."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def rectangle(element: ET.Element) -> Box:
    """Where a rectangle is."""
    x, y = number(element, "x"), number(element, "y")
    return Box(x, y, x + number(element, "width"), y + number(element, "height"))


def along(line: ET.Element) -> Box:
    """Where a level line with its dots and tips is."""
    left, right = sorted((number(line, "x1"), number(line, "x2")))
    return Box(left, number(line, "y1") - 5, right, number(line, "y1") + 5)


def reach(text: ET.Element, size: float) -> tuple[float, float]:
    """From where to where a text runs, by a rough width of its letters."""
    wide = size * sum(
        1 if east_asian_width(c) in "WF" else 0.62 if c.isupper() else 0.52 for c in text.text or ""
    )
    x = number(text, "x")
    return (x - wide / 2, x + wide / 2) if "text-anchor" in text.attrib else (x, x + wide)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_nothing_overlaps(name: str, language: str) -> None:
    """No box meets another, an arrow of another move, or the edge of its lane or of the sheet."""
    _, root = drawn(name, language)
    check_room(root)


@pytest.mark.parametrize("length", range(1, 45, 2))
def test_neighbours_find_room(length: int) -> None:
    """Moves from one state to the next, to the last column: with room on one line, else on two."""
    label = {"en": "n" * length}
    names = ("a", "b", "c")
    workflow = Workflow(
        name="row",
        states=(
            State("a", "intake", "initial"),
            State("b", "intake", "open"),
            State("c", "intake", "final"),
        ),
        roles=(Role("clerk"),),
        actions=(Action("open"), Action("go", labels=label), Action("end", labels=label)),
        rows=(
            Row("open", (), "a", "clerk"),
            Row("go", "a", "b", "clerk"),
            Row("end", "b", "c", "clerk"),
        ),
    )
    root = ET.fromstring(swimlane(workflow))
    check_room(root)
    check_texts(root)
    assert list(columns(root)) == [NEW, *names]
    boxes = (each for each in root.iter(f"{SVG}rect") if each.get("class") == "box")
    tops = {number(each, "y") for each in boxes}
    assert len(tops) == (1 if length < 15 else 2)


@given(st.lists(st.integers(0, 40), min_size=len(ACTIONS), max_size=len(ACTIONS)), st.booleans())
def test_labels_of_any_length_find_room(lengths: list[int], chinese: bool) -> None:
    """However long the labels are, nothing overlaps and every text stays in its box."""
    letter = "字" if chinese else "n"
    actions = tuple(
        attrs.evolve(action, labels={"en": letter * length})
        for action, length in zip(ACTIONS, lengths, strict=True)
    )
    root = ET.fromstring(swimlane(medium_workflow(actions=actions)))
    check_room(root)
    check_texts(root)


def check_room(root: ET.Element) -> None:
    """Fail where things overlap or leave the sheet."""
    wide, high = number(root, "width"), number(root, "height")
    edge = [number(each, "y1") for each in root.iter(f"{SVG}line") if each.get("class") == "edge"]
    boxes, arrows = [], []
    for group in root.iter(f"{SVG}g"):
        if group.get("class") == "move":
            (box,) = map(rectangle, group.findall(f"{SVG}rect"))
            boxes.append(box)
            arrows += [
                Box(
                    number(each, "x1"),
                    number(each, "y1") - 5,
                    number(each, "x2"),
                    number(each, "y1") + 5,
                )
                for each in group.findall(f"{SVG}line")
            ]
    arrows = [Box(min(a.left, a.right), a.top, max(a.left, a.right), a.bottom) for a in arrows]
    heads = [rectangle(each) for each in root.iter(f"{SVG}rect") if each.get("class") == "stage"]
    heads += [
        rectangle(box)
        for group in root.findall(f"{SVG}g[@class='state']")
        for box in group.findall(f"{SVG}rect")
    ]
    for one, other in combinations([*boxes, *heads], 2):
        assert not one.meets(other)
    for box in boxes:
        assert not any(box.meets(arrow) for arrow in arrows)
        assert not any(box.top < y < box.bottom for y in edge)
        assert box.left >= 0
        assert box.right <= wide
        assert box.bottom <= high
    rightward = sorted((a.top, a.left, a.right) for a in arrows)
    for (top, _, right), (below, left, _) in pairwise(rightward):
        assert top != below or right < left


@pytest.mark.parametrize(("name", "language"), CASES)
def test_texts_stay_in_their_boxes(name: str, language: str) -> None:
    """Labels of moves and states end within their boxes, roles before the columns begin."""
    _, root = drawn(name, language)
    check_texts(root)


def check_texts(root: ET.Element) -> None:
    """Fail where a text is wider than its place."""
    checked = 0
    for group in root.iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        for text in group.findall(f"{SVG}text"):
            small = text.get("class") == "label"
            left, right = reach(text, 11 if small else 12)
            if box is None:
                assert right <= min(columns(root).values()) - 30
            else:
                area = rectangle(box)
                assert area.left <= left
                assert right <= area.right
                assert area.top + 8 <= number(text, "y") <= area.bottom - 2
            checked += 1
    assert checked


@pytest.mark.parametrize(("name", "language"), CASES)
def test_the_description_says_every_move(name: str, language: str) -> None:
    """Who cannot see the picture is told every move, with the role that makes it."""
    _, root = drawn(name, language)
    said = (root.findtext(f"{SVG}desc") or "").splitlines()
    lanes = root.findall(f"{SVG}g[@class='lane']")
    expected = [
        f"{title(lane)} · {title(group)}"
        for lane in lanes
        for group in lane.findall(f"{SVG}g[@class='move']")
    ]
    assert said == expected
    assert root.get("role") == "img"
    assert title(root)


def test_no_scripts_and_no_signs_of_labels() -> None:
    """A hostile label is text, and nothing of the picture is a script, a link or a handler."""
    _, root = drawn("hostile", "en")
    tags = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert tags == {
        "svg", "title", "desc", "style", "rect", "text", "line", "circle", "polygon", "g"
    }  # fmt: skip
    names = {name for each in root.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name}
    assert any(title(each) == shown(f"new{HOSTILE}") for each in root.iter(f"{SVG}g"))


def test_the_same_workflow_gives_the_same_picture() -> None:
    """Two equal workflows give the same text; the language is that of labels and words."""
    assert swimlane(medium().workflow) == swimlane(medium().workflow, language="en")
    chinese = swimlane(medium().workflow, language="zh-CN")
    assert "负责人" in chinese
    assert "Chief" not in chinese


def test_arrows_of_one_action_share_a_line() -> None:
    """What may begin in several states is drawn once per role, not once per state."""
    workflow, root = drawn("bank", "en")
    lines = sum(1 for each in root.iter(f"{SVG}g") if each.get("class") == "move")
    moves = sum(len(found) for found in by_role(workflow).values())
    assert lines < moves * 0.6
    assert len(edges(workflow)) > 12
