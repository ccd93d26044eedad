"""A workflow as a graph for Graphviz."""

from collections.abc import Iterator, Mapping

from workorder.manuals.colours import BETWEEN, GROUND, INK
from workorder.manuals.identifiers import identifiers, one_line
from workorder.manuals.moves import by_stage, edges
from workorder.manuals.phrases import stage_name
from workorder.texts import ENGLISH
from workorder.workflow import NEW, Workflow
from workorder.workflow.states import State

_FONT = "system-ui, Noto Sans CJK SC, sans-serif"
_START = "start"


def _escaped(text: str) -> str:
    plain = one_line(text).replace("&", "&amp;")
    return plain.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(*lines: str) -> str:
    """A quoted string of DOT with a line for each of *lines*."""
    return '"' + "\\n".join(map(_escaped, lines)) + '"'


def dot(workflow: Workflow, *, language: str = ENGLISH) -> str:
    """The graph: a cluster for each stage, an arrow for each pair of states, colours by category.

    >>> from workorder.rulebook import basic
    >>> print(dot(basic().workflow).splitlines()[-2].strip())
    s_closed -> s_in_progress [label="Reopen"];
    """
    names = identifiers(state.name for state in workflow.states)
    lines = [
        f"digraph {_quoted(workflow.name)} {{",
        '    graph [rankdir=LR, bgcolor="transparent", '
        f'fontname={_quoted(_FONT)}, fontcolor="{BETWEEN}", color="{BETWEEN}"];',
        '    node [shape=box, style="rounded,filled", '
        f'fontname={_quoted(_FONT)}, fontcolor="{INK}", color="{INK}"];',
        f"    edge [fontname={_quoted(_FONT)}, fontsize=11, "
        f'fontcolor="{BETWEEN}", color="{BETWEEN}"];',
        f'    {_START} [shape=circle, label="", width=0.2, style=filled, '
        f'fillcolor="{BETWEEN}", color="{BETWEEN}"];',
        *_clusters(workflow, names, language),
    ]
    for (source, target), actions in edges(workflow).items():
        begin = _START if source == NEW else names[source]
        said = _quoted(*(workflow.action_labels[action].text(language) for action in actions))
        lines.append(f"    {begin} -> {names[target]} [label={said}];")
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
