"""The picture of a timeline.

From above to below: the states, the holds, a lane for each clock. Open hours are light, what ran is
dark, a pause is a thin bar; dates that are not worked are shaded. Plain SVG without scripts or
fonts of its own, on a ground of its own, so that it reads the same on a light page and on a dark
one. All of it stands in words in the description.
"""

from collections.abc import Iterator

from workorder.sla.clocks.axis import LEFT, WIDE, Axis
from workorder.sla.clocks.lanes import TALL, clock_lane, stretches
from workorder.sla.clocks.shapes import LETTER, cut, diamond, dot, text, upright
from workorder.sla.clocks.telling import account_text, told_instant
from workorder.sla.clocks.timeline import Timeline
from workorder.sla.drawing import STYLE, aloud, escape
from workorder.sla.telling import columns
from workorder.texts import CHINESE, ENGLISH, Texts, in_language, is_chinese

_RIGHT, _TOP, _BOTTOM = 24, 58, 58
_STATES_TALL = 32
_SHADED = 400
"""Days up to which dates that are not worked are shaded."""
_TITLE_COLUMNS = 120

_STYLE = """
  text { paint-order: stroke; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; }
  .in { stroke: none; }
  .head { font-weight: 600; }
  .state { fill: #cfdcec; }
  .next { fill: #e4ebf3; }
  .hold, .paused { fill: #e9b949; }
  .past { fill: #9fb8a6; }
  .late { fill: #c0392b; }
  .promised { stroke: #616e7c; stroke-width: 2; stroke-dasharray: 3 3; }
  .maybe { stroke-dasharray: 3 3; }
  .now { stroke: #1f2933; stroke-width: 1; stroke-dasharray: 6 4; }
  .reached { fill: #1f2933; stroke: #ffffff; stroke-width: 1; }
  .coming { fill: #ffffff; stroke: #1f2933; stroke-width: 1.5; }
  .breach { fill: #c0392b; stroke: #ffffff; stroke-width: 1; }
"""

_WORDS: dict[str, Texts] = {
    "states": {ENGLISH: "State", CHINESE: "状态"},
    "holds": {ENGLISH: "On hold", CHINESE: "挂起"},
    "now": {ENGLISH: "now", CHINESE: "现在"},
    "over": {ENGLISH: "ended", CHINESE: "结束"},
    "open": {ENGLISH: "open hours", CHINESE: "营业时间"},
    "counted": {ENGLISH: "counted", CHINESE: "计入"},
    "paused": {ENGLISH: "paused", CHINESE: "暂停"},
    "late": {ENGLISH: "over", CHINESE: "超出"},
    "past": {ENGLISH: "earlier cycle", CHINESE: "此前一轮"},
    "closed": {ENGLISH: "not worked", CHINESE: "非工作日"},
    "mark": {ENGLISH: "due", CHINESE: "到期"},
    "promised": {ENGLISH: "due at first", CHINESE: "最初到期"},
    "breach": {ENGLISH: "time used up", CHINESE: "用完"},
    "reached": {ENGLISH: "mark reached", CHINESE: "已到节点"},
    "coming": {ENGLISH: "next mark", CHINESE: "下一节点"},
}

TIMELINE_STYLE = STYLE + _STYLE
"""The style sheet of a timeline: a page that has several of them, or allows only one, takes it from
here.
"""

_SIGNS = (
    "open",
    "counted",
    "paused",
    "late",
    "past",
    "closed",
    "mark",
    "promised",
    "breach",
    "reached",
    "coming",
)


def draw(timeline: Timeline, language: str) -> str:
    """The picture of *timeline*."""
    axis = Axis.over(list(timeline.instants()), timeline.calendar.timezone)
    tops = list(_tops(timeline))
    bottom = tops[-1]
    width, height = LEFT + WIDE + _RIGHT, bottom + _BOTTOM
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    title = escape(timeline.title)
    body = [
        *_ground(timeline, axis, bottom, language),
        *_now(timeline, axis, bottom, language),
        *_lanes(timeline, axis, tops, language),
    ]
    drawn = "\n".join(body)
    signs = [each for each in _SIGNS if f'class="{each}' in drawn]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
            f"<title>{title}</title>",
            f"<desc>{escape(_told(timeline, language))}</desc>",
            f"<style>{TIMELINE_STYLE}</style>",
            f'<rect class="sheet" width="{width}" height="{height}"/>',
            text(8, 16, cut(timeline.title, _TITLE_COLUMNS), "head"),
            drawn,
            *_legend(signs, bottom + 44, language),
            "</svg>\n",
        ]
    )


def _tops(timeline: Timeline) -> Iterator[int]:
    """Where each lane begins, and where the last one ends."""
    top = _TOP
    yield top
    for several in (timeline.states, timeline.holds):
        if several:
            top += _STATES_TALL
            yield top
    for _ in timeline.clocks:
        top += TALL
        yield top


def _ground(timeline: Timeline, axis: Axis, bottom: int, language: str) -> Iterator[str]:
    """Dates that are not worked, and ticks with their words."""
    top = _TOP - 8
    if axis.days <= _SHADED:
        for day, begun, ended in axis.dates():
            if not timeline.calendar.day(day).is_open:
                x, wide = axis.x(begun), axis.x(ended) - axis.x(begun)
                yield (
                    f'<rect class="closed" x="{x:.1f}" y="{top}" width="{wide:.1f}"'
                    f' height="{bottom - top}"/>'
                )
    said_until = 0.0
    for tick in axis.ticks(language):
        x = axis.x(tick.at)
        if tick.bold:
            if x >= said_until and x < LEFT + WIDE - _DATE_WIDE:
                said_until = x + _DATE_WIDE
                yield text(x, 32, tick.said, "quiet")
            continue
        yield upright("grid", x, top, bottom)
        yield text(x, 46, tick.said, "quiet", "middle")


_DATE_WIDE = 84


def _lanes(timeline: Timeline, axis: Axis, tops: list[int], language: str) -> Iterator[str]:
    rest = iter(tops)
    for word, several, kinds in (
        ("states", timeline.states, ("state", "next")),
        ("holds", timeline.holds, ("hold",)),
    ):
        if several:
            top = next(rest)
            yield text(8, top + 14, in_language(_WORDS[word], language))
            yield from stretches(kinds, several, axis, timeline.now, top, language)
    for lane in timeline.clocks:
        yield from clock_lane(lane, axis, next(rest), timeline.calendar, language)


def _now(timeline: Timeline, axis: Axis, bottom: int, language: str) -> Iterator[str]:
    x = axis.x(timeline.now)
    yield upright("now", x, _TOP - 8, bottom + 2)
    said = told_instant(timeline.now, timeline.calendar, language)
    anchor = "start" if x < LEFT + WIDE / 4 else "end" if x > LEFT + WIDE * 3 / 4 else "middle"
    word = in_language(_WORDS["over" if timeline.over else "now"], language)
    yield text(x, bottom + 16, f"{word} {said}", "head", anchor)


def _legend(signs: list[str], y: int, language: str) -> Iterator[str]:
    """What the colours and signs of this picture mean."""
    x = 8.0
    for kind in signs:
        if kind in {"mark", "promised"}:
            yield upright(kind, x + 6, y - 11, y + 1)
        elif kind in {"reached", "coming"}:
            yield dot(kind, x + 6, y - 5)
        elif kind == "breach":
            yield diamond(x + 6, y - 5)
        else:
            yield f'<rect class="{kind}" x="{x:.1f}" y="{y - 10}" width="12" height="10"/>'
        said = in_language(_WORDS[kind], language)
        yield text(x + 17, y, said, "quiet")
        x += 17 + LETTER * columns(said) + 16


def _told(timeline: Timeline, language: str) -> str:
    """All of it in words."""
    comma = "，" if is_chinese(language) else ", "
    lines = [timeline.title]
    for word, several in (("states", timeline.states), ("holds", timeline.holds)):
        for each in several:
            said = [in_language(_WORDS[word], language), each.label.text(language)]
            begun, ended = each.start, each.end
            times = told_instant(begun, timeline.calendar, language)
            if ended is not None:
                times += f" - {told_instant(ended, timeline.calendar, language)}"
            lines.append(comma.join([*said, times]))
    lines = aloud("\n".join(lines)).splitlines()
    accounts = [aloud(account_text(each.ledger, language)) for each in timeline.clocks]
    return "\n\n".join(["\n".join(lines), *accounts])
