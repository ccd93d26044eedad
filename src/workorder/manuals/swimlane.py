"""A workflow as a swimlane picture: who moves a ticket from where to where.

Plain SVG without scripts or fonts of its own, on a sheet of its own, so that it reads the same on
light and dark ground.
"""

from collections.abc import Iterator
from html import escape as _escape

from workorder.manuals.colours import GROUND, INK
from workorder.manuals.identifiers import one_line
from workorder.manuals.lanes import (
    BOX,
    DOT,
    LEFT,
    LINE,
    PAD,
    PITCH,
    SIZE,
    Arrow,
    Lane,
    Layout,
    Placed,
    Star,
    layout,
)
from workorder.manuals.measure import in_lines, shortened, width
from workorder.manuals.moves import by_stage
from workorder.manuals.phrases import category_name, joined, said, stage_name
from workorder.texts import ENGLISH
from workorder.workflow import NEW, Workflow
from workorder.workflow.states import CATEGORIES, State

_TITLE, _STAGE, _STATE, _TOP, _FOOT = 34, 24, 40, 110, 40
_LETTERS = 12
_TIP = 8
"""Length of an arrow's tip."""

STYLE = f"""
  .sheet {{ fill: #ffffff; }}
  text {{ font: {_LETTERS}px system-ui, "Noto Sans CJK SC", sans-serif; fill: {INK}; }}
  .title {{ font-size: 16px; font-weight: 600; }}
  .name {{ font-weight: 600; }}
  .label {{ font-size: {SIZE}px; }}
  .band {{ fill: #f5f7f9; }}
  .stage {{ fill: #4a5568; }}
  .on-stage {{ fill: #ffffff; font-weight: 600; }}
  .grid {{ stroke: #cbd2d9; stroke-width: 1; stroke-dasharray: 2 3; }}
  .edge {{ stroke: #9aa5b1; stroke-width: 1; }}
  .box {{ fill: #ffffff; stroke: #9aa5b1; stroke-width: 1; }}
  .line {{ stroke: #2b6cb0; stroke-width: 1.5; }}
  .from, .to {{ fill: #2b6cb0; }}
  .start {{ fill: {INK}; }}
""" + "".join(f"  .{name} {{ fill: {GROUND[name]}; stroke: #9aa5b1; }}\n" for name in CATEGORIES)


def _safe(text: str) -> str:
    return _escape(one_line(text))


def swimlane(workflow: Workflow, *, language: str = ENGLISH) -> str:
    """The picture: columns are states under their stages, rows are the roles that move tickets.

    A dot is where a move begins, a tip where it ends; every move has its words as a title, and
    the description says all of them, for those who cannot see the picture.

    >>> from workorder.rulebook import basic
    >>> swimlane(basic().workflow).count('class="lane"')
    3
    """
    sheet = layout(workflow, language, _TOP)
    height = sheet.height + _FOOT
    title = said("swimlane.title", language, name=one_line(workflow.name))
    room = sheet.width - 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width:g} {height:g}"',
        f' width="{sheet.width:g}" height="{height:g}" role="img">',
        f"<title>{_safe(title)}</title>",
        f"<desc>{_aloud(workflow, sheet, language)}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="sheet" width="{sheet.width:g}" height="{height:g}"/>',
        f'<text class="title" x="12" y="{_TITLE - 10}">{_safe(shortened(title, 16, room))}</text>',
        *_stages(workflow, sheet, language),
    ]
    for lane in sheet.lanes:
        parts += _lane(workflow, lane, sheet, language)
    return "\n".join([*parts, *_legend(sheet, language), "</svg>\n"])


def _words(workflow: Workflow, star: Star, language: str) -> str:
    def named(states: tuple[str, ...]) -> str:
        return joined((workflow.labels[state].text(language) for state in states), language)

    label = workflow.action_labels[star.action].text(language)
    return said(
        "move", language, action=label, source=named(star.sources), target=named(star.targets)
    )


def _aloud(workflow: Workflow, sheet: Layout, language: str) -> str:
    return "\n".join(
        _safe(
            f"{workflow.role_labels[lane.role].text(language)} · "
            f"{_words(workflow, each.star, language)}"
        )
        for lane in sheet.lanes
        for each in lane.placed
    )


def _stages(workflow: Workflow, sheet: Layout, language: str) -> Iterator[str]:
    top = _TITLE + _STAGE + 4
    left = LEFT + PITCH
    for number, (stage, states) in enumerate(by_stage(workflow).items()):
        wide = PITCH * len(states)
        if number % 2 == 0:
            yield (
                f'<rect class="band" x="{left}" y="{_TITLE}" width="{wide}" '
                f'height="{sheet.height - _TITLE:g}"/>'
            )
        yield (
            f'<rect class="stage" x="{left + 2}" y="{_TITLE}" width="{wide - 4}" '
            f'height="{_STAGE}" rx="3"/>'
        )
        name = shortened(stage_name(stage, language), _LETTERS, wide - 12)
        yield (
            f'<text class="on-stage" x="{left + wide / 2:g}" y="{_TITLE + 16}" '
            f'text-anchor="middle">{_safe(name)}</text>'
        )
        left += wide
    for name, x in sheet.columns.items():
        yield f'<line class="grid" x1="{x:g}" y1="{_TOP - 6}" x2="{x:g}" y2="{sheet.height:g}"/>'
        if name == NEW:
            yield f'<circle class="start" cx="{x:g}" cy="{top + 8}" r="6"/>'
            label = shortened(workflow.labels[NEW].text(language), SIZE, PITCH - 8)
            yield (
                f'<text class="label" x="{x:g}" y="{top + 30}" '
                f'text-anchor="middle">{_safe(label)}</text>'
            )
        else:
            yield from _state(workflow.state_by_name[name], x, top, language)


def _state(state: State, x: float, top: float, language: str) -> Iterator[str]:
    label = one_line(state.label.text(language))
    wide = PITCH - 10
    yield f'<g class="state"><title>{_safe(label)}</title>'
    yield (
        f'<rect class="{state.category}" x="{x - wide / 2:g}" y="{top}" width="{wide}" '
        f'height="{_STATE}" rx="5"/>'
    )
    lines = in_lines(label, _LETTERS, wide - 8, 2)
    first = top + _STATE / 2 + 4 - 7.5 * (len(lines) - 1)
    for number, line in enumerate(lines):
        yield (
            f'<text x="{x:g}" y="{first + 15 * number:g}" text-anchor="middle">{_safe(line)}</text>'
        )
    yield "</g>"


def _lane(workflow: Workflow, lane: Lane, sheet: Layout, language: str) -> Iterator[str]:
    label = one_line(workflow.role_labels[lane.role].text(language))
    yield f'<g class="lane"><title>{_safe(label)}</title>'
    yield (f'<line class="edge" x1="0" y1="{lane.top:g}" x2="{sheet.width:g}" y2="{lane.top:g}"/>')
    most = max(1, int((lane.height - 8) // 15))
    for number, line in enumerate(in_lines(label, _LETTERS, LEFT - 20, min(most, 3))):
        yield f'<text class="name" x="10" y="{lane.top + 20 + 15 * number:g}">{_safe(line)}</text>'
    for each in lane.placed:
        yield from _move(workflow, each, lane.top + PAD + LINE * each.line, language)
    yield "</g>"


def _move(workflow: Workflow, placed: Placed, top: float, language: str) -> Iterator[str]:
    yield f'<g class="move"><title>{_safe(_words(workflow, placed.star, language))}</title>'
    yield (
        f'<rect class="box" x="{placed.left:.1f}" y="{top:g}" '
        f'width="{placed.right - placed.left:.1f}" height="{BOX}" rx="4"/>'
    )
    yield (
        f'<text class="label" x="{(placed.left + placed.right) / 2:.1f}" y="{top + 13:g}" '
        'text-anchor="middle">'
        f"{_safe(placed.text)}</text>"
    )
    for arrow in placed.arrows:
        yield from _arrow(arrow, top + BOX + 8)
    yield "</g>"


def _arrow(arrow: Arrow, y: float) -> Iterator[str]:
    ends = (*arrow.begins, *arrow.ends)
    yield f'<line class="line" x1="{min(ends):g}" y1="{y:g}" x2="{max(ends):g}" y2="{y:g}"/>'
    for x in arrow.begins:
        yield f'<circle class="from" cx="{x:g}" cy="{y:g}" r="{DOT}"/>'
    for x in arrow.ends:
        yield _tip(x, y, rightward=arrow.rightward)


def _tip(x: float, y: float, *, rightward: bool) -> str:
    back = x - _TIP if rightward else x + _TIP
    return f'<polygon class="to" points="{x:g},{y:g} {back:g},{y - 5:g} {back:g},{y + 5:g}"/>'


def _legend(sheet: Layout, language: str) -> Iterator[str]:
    y = sheet.height + 22
    yield (
        f'<line class="edge" x1="0" y1="{sheet.height:g}" x2="{sheet.width:g}" '
        f'y2="{sheet.height:g}"/>'
    )
    x = 16.0
    yield f'<circle class="from" cx="{x:g}" cy="{y - 4:g}" r="{DOT}"/>'
    words = said("swimlane.from", language)
    yield f'<text class="label" x="{x + 10:g}" y="{y:g}">{words}</text>'
    x += 34 + width(words, SIZE)
    yield _tip(x, y - 4, rightward=True)
    words = said("swimlane.to", language)
    yield f'<text class="label" x="{x + 8:g}" y="{y:g}">{words}</text>'
    x += 24 + width(words, SIZE)
    for category in CATEGORIES:
        yield (f'<rect class="{category}" x="{x:g}" y="{y - 12:g}" width="16" height="14" rx="3"/>')
        words = category_name(category, language)
        yield f'<text class="label" x="{x + 22:g}" y="{y:g}">{words}</text>'
        x += 38 + width(words, SIZE)
