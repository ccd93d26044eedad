"""A workflow as a Mermaid state diagram, which many readers of Markdown draw by themselves."""

from collections.abc import Iterable, Iterator, Mapping

from workorder.manuals.identifiers import identifiers, one_line
from workorder.manuals.moves import by_stage, edges
from workorder.manuals.moves import stays as staying
from workorder.manuals.phrases import stage_name
from workorder.texts import ENGLISH, Label
from workorder.workflow import NEW, Workflow

_PLAIN = frozenset(" ,./，。、（）…")
_BREAK = "<br/>"


def _text(text: str) -> str:
    """*text* so that nothing in it is taken for a sign of the language."""
    return "".join(
        each if each.isalnum() or each in _PLAIN else f"#{ord(each)};" for each in one_line(text)
    )


def mermaid(workflow: Workflow, *, language: str = ENGLISH, stays: bool = False) -> str:
    """The state diagram: a frame for each stage, an arrow for each pair of states.

    Args:
        workflow: what to draw.
        language: of the labels.
        stays: list in a note at each state the actions that leave a ticket in it, too.

    >>> from workorder.rulebook import basic
    >>> print(mermaid(basic().workflow).splitlines()[-1].strip())
    s_closed --> s_in_progress : Reopen
    """
    names = identifiers(state.name for state in workflow.states)
    lines = ["stateDiagram-v2", *_frames(workflow, names, language)]
    for (source, target), actions in edges(workflow).items():
        begin = "[*]" if source == NEW else names[source]
        said = _several(workflow.action_labels, actions, language)
        lines.append(f"    {begin} --> {names[target]} : {said}")
    lines += [
        f"    {names[state.name]} --> [*]" for state in workflow.states if state.category == "final"
    ]
    if stays:
        lines += _notes(workflow, names, language)
    return "\n".join([*lines, ""])


def _several(labels: Mapping[str, Label], actions: Iterable[str], language: str) -> str:
    return _BREAK.join(_text(labels[action].text(language)) for action in actions)


def _frames(workflow: Workflow, names: Mapping[str, str], language: str) -> Iterator[str]:
    # Arrows stand outside the frames: a state named inside one would move into it.
    for stage, states in by_stage(workflow).items():
        yield f'    state "{_text(stage_name(stage, language))}" as stage_{stage} {{'
        for state in states:
            yield f'        state "{_text(state.label.text(language))}" as {names[state.name]}'
        yield "    }"


def _notes(workflow: Workflow, names: Mapping[str, str], language: str) -> Iterator[str]:
    listed = staying(workflow)
    for state in workflow.states:
        actions = listed.get(state.name)
        if actions:
            said = _several(workflow.action_labels, actions, language)
            yield f"    note right of {names[state.name]} : {said}"
