"""Where everything of a swimlane picture goes: columns of states, lanes of roles, lines of moves.

A move is a dot in the column of each state it leads from, an arrow to the column it leads to, and
a box with its label above. Moves of one action that share an end share a line, so that an arrow
that may begin in six states is drawn once. In a lane, moves whose extents do not meet stand
on one line; nothing overlaps.
"""

from collections.abc import Iterator

from attrs import frozen

from workorder.manuals.identifiers import one_line
from workorder.manuals.measure import shortened, width
from workorder.manuals.moves import Move, by_stage, moves
from workorder.workflow import NEW, Workflow

PITCH, LEFT, LINE, PAD = 112, 132, 36, 7
"""Width of a column, of the roles' names, height of a line, above and below the lines."""

SIZE = 11
"""Height of the letters of a move."""

BOX = 18
"""Height of the box around them."""

MARGIN = 6
"""Between the letters and the sides of their box."""

SIDE = 9
"""From the middle of a column to where arrows begin and end: left of it and right of it, so that
one that ends and one that begins do not meet."""

GAP = 6
"""Between two moves on one line."""

DOT = 4
"""Half the width of a dot."""


@frozen
class Star:
    """The moves of one action that share an end: several sources and one target, or one source
    and several targets.
    """

    action: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The states it leads from."""
        return tuple(dict.fromkeys(source for source, _ in self.pairs))

    @property
    def targets(self) -> tuple[str, ...]:
        """The states it leads to."""
        return tuple(dict.fromkeys(target for _, target in self.pairs))


@frozen
class Arrow:
    """Arrows of one direction on one line: where they begin, and where their tips are."""

    begins: tuple[float, ...]
    ends: tuple[float, ...]

    @property
    def rightward(self) -> bool:
        """Whether they point right."""
        return self.begins[0] < self.ends[0]


@frozen
class Placed:
    """A star on the sheet.

    Attributes:
        star: what is drawn.
        text: the label, as much of it as there is room for.
        left, right: of the box around the label.
        arrows: those that point right, those that point left.
        line: on which line of the lane, from 0.
    """

    star: Star
    text: str
    left: float
    right: float
    arrows: tuple[Arrow, ...]
    line: int = 0

    @property
    def extent(self) -> tuple[float, float]:
        """How far it reaches to the left and to the right."""
        ends = [x for arrow in self.arrows for x in (*arrow.begins, *arrow.ends)]
        return min(self.left, min(ends) - DOT), max(self.right, max(ends) + DOT)


@frozen
class Lane:
    """A role's lane: its moves, and the top and the height of the lane."""

    role: str
    placed: tuple[Placed, ...]
    top: float
    height: float


@frozen
class Layout:
    """The sheet: its size, the columns by state, the lanes."""

    width: float
    height: float
    columns: dict[str, float]
    lanes: tuple[Lane, ...]


def layout(workflow: Workflow, language: str, top: float) -> Layout:
    """Everything of *workflow* in its place; the first lane begins at *top*."""
    states = [NEW, *(s.name for group in by_stage(workflow).values() for s in group)]
    columns = {name: LEFT + PITCH * (n + 0.5) for n, name in enumerate(states)}
    total = LEFT + PITCH * len(states)
    lanes, at = [], top
    for role in workflow.roles:
        found = _stars(move for move in moves(workflow) if role.name in move.roles)
        if not found:
            continue
        names = workflow.action_labels
        labels = {s.action: one_line(names[s.action].text(language)) for s in found}
        placed = _in_lines([_placed(star, labels[star.action], columns, total) for star in found])
        height = 2 * PAD + LINE * (1 + max(each.line for each in placed))
        lanes.append(Lane(role.name, placed, at, height))
        at += height
    return Layout(total, at, columns, tuple(lanes))


def _stars(made: Iterator[Move]) -> list[Star]:
    # A way back leads from one state to several; any other move from several to one.
    found: dict[tuple[str, bool, str], dict[tuple[str, str], None]] = {}
    for move in made:
        shared = move.source if move.returns else move.target
        pairs = found.setdefault((move.action, move.returns, shared), {})
        pairs[move.source, move.target] = None
    return [Star(action, tuple(pairs)) for (action, _, _), pairs in found.items()]


def _arrows(star: Star, columns: dict[str, float]) -> tuple[Arrow, ...]:
    found = []
    for side in (SIDE, -SIDE):
        ends = {
            (columns[source] + side, columns[target] - side)
            for source, target in star.pairs
            if (columns[target] > columns[source]) == (side > 0)
        }
        if ends:
            begins, tips = zip(*ends, strict=True)
            found.append(Arrow(tuple(sorted(set(begins))), tuple(sorted(set(tips)))))
    return tuple(found)


def _placed(star: Star, label: str, columns: dict[str, float], total: float) -> Placed:
    arrows = _arrows(star, columns)
    ends = [x for arrow in arrows for x in (*arrow.begins, *arrow.ends)]
    text = shortened(label, SIZE, 2 * PITCH)
    wide = width(text, SIZE) + 2 * MARGIN
    middle = (min(ends) + max(ends)) / 2
    left = max(LEFT + GAP, min(middle - wide / 2, total - GAP - wide))
    return Placed(star, text, left, left + wide, arrows)


def _in_lines(placed: list[Placed]) -> tuple[Placed, ...]:
    """Each on the first line that has room for it, from left to right."""
    ends: list[float] = []
    done = []
    for each in sorted(placed, key=lambda one: one.extent):
        left, right = each.extent
        line = next((n for n, end in enumerate(ends) if end + GAP <= left), len(ends))
        ends[line : line + 1] = [right]
        done.append(Placed(each.star, each.text, each.left, each.right, each.arrows, line))
    return tuple(done)
