"""A workflow as a graph for Graphviz."""

from collections.abc import Iterator, Mapping

from workorder.manuals.colours import BETWEEN, GROUND, INK
from workorder.manuals.identifiers import identifiers, one_line
from workorder.manuals.moves import by_stage, edges
from workorder.manuals.phrases import stage_name
from workorder.texts import ENGLISH
from workorder.workflow import NEW, Workflow
from workorder.workflow.states import State

_FONT = "Helvetica,Arial,sans-serif"
_START = "start"
_BETWEEN = {"fontcolor": BETWEEN, "color": BETWEEN}
_ON_GROUND = {"fontcolor": INK, "color": INK}


def _escaped(text: str) -> str:
    plain = one_line(text).replace("&", "&amp;")
    return plain.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(*lines: str) -> str:
    """A quoted string of DOT with a line for each of *lines*."""
    return '"' + "\\n".join(map(_escaped, lines)) + '"'


def _line(of: str, **values: str) -> str:
    """A statement that gives *of* these values."""
    said = ", ".join(f"{name}={_quoted(value)}" for name, value in values.items())
    return f"    {of} [{said}];"


def dot(workflow: Workflow, *, language: str = ENGLISH) -> str:
    """The graph: a cluster for each stage, an arrow for each pair of states, colours by category.

    >>> from workorder.rulebook import basic
    >>> print(dot(basic().workflow).splitlines()[-2].strip())
    s_closed -> s_in_progress [label="Reopen", constraint=false];
    """
    in_order = (state for states in by_stage(workflow).values() for state in states)
    names = identifiers(state.name for state in in_order)
    lines = [
        f"digraph {_quoted(workflow.name)} {{",
        _line("graph", rankdir="LR", bgcolor="transparent", fontname=_FONT, **_BETWEEN),
        _line("node", shape="box", style="rounded,filled", fontname=_FONT, **_ON_GROUND),
        _line("edge", fontname=_FONT, fontsize="11", **_BETWEEN),
        _line(_START, shape="circle", label="", width="0.2", fillcolor=BETWEEN, color=BETWEEN),
        *_clusters(workflow, names, language),
    ]
    place = {name: number for number, name in enumerate(names)}
    for (source, target), actions in edges(workflow).items():
        begin = _START if source == NEW else names[source]
        said = _quoted(*(workflow.action_labels[action].text(language) for action in actions))
        # An arrow back is drawn, but does not push the states that follow further on.
        back = "" if place.get(source, -1) < place[target] else ", constraint=false"
        lines.append(f"    {begin} -> {names[target]} [label={said}{back}];")
    return "\n".join([*lines, "}", ""])


def _clusters(workflow: Workflow, names: Mapping[str, str], language: str) -> Iterator[str]:
    for stage, states in by_stage(workflow).items():
        yield f"    subgraph cluster_{stage} {{"
        yield f"        label={_quoted(stage_name(stage, language))};"
        for state in states:
            yield f"        {names[state.name]} [{_look(state, language)}];"
        yield "    }"


def _look(state: State, language: str) -> str:
    said = f'label={_quoted(state.label.text(language))}, fillcolor="{GROUND[state.category]}"'
    return f"{said}, peripheries=2" if state.category == "final" else said
