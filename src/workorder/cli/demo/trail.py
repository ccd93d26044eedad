"""The trail: what the ticket's history says in the end."""

from typing import Any

from workorder.cli.demo.scene import GAO, Scene
from workorder.cli.demo.telling import Story
from workorder.cli.output import print_table
from workorder.clocks import STEP_LABELS
from workorder.instants import read_instant
from workorder.manuals.phrases import stage_name
from workorder.texts import in_language

_TEXTS = ("title", "question", "answer", "text", "reason", "resolution", "subject", "score")
_SUBJECTS = {"extension": "延期", "decision": "处理结果"}


def tell(scene: Scene) -> list[dict[str, Any]]:
    """Show the history, and give it back as plain data."""
    history = scene.desk.history(scene.ticket.id, actor=GAO)
    entries = [entry.as_data() for entry in history]
    if not scene.story.quiet:
        _show(entries, scene)
    return entries


def _show(entries: list[dict[str, Any]], scene: Scene) -> None:
    story, workflow = scene.story, scene.rulebook.workflow
    lang = story.lang
    rows: list[tuple[object, ...]] = []
    before = ""
    for entry in entries:
        state = workflow.state_by_name[entry["state"]]
        label = stage_name(state.stage, lang)
        rows.append(
            (
                entry["sequence"],
                "" if label == before else label,
                _clock(entry["at"], scene),
                entry["actor"],
                workflow.role_labels[entry["role"]].text(lang),
                _action(entry["action"], scene),
                state.label.text(lang),
                _said(entry["said"], story),
            )
        )
        before = label
    print_table(
        story.say("Every step left a trace", "全程留痕"),
        (
            "#",
            story.say("stage", "阶段"),
            story.say("at", "时间"),
            story.say("who", "人员"),
            story.say("as", "角色"),
            story.say("did", "操作"),
            story.say("state", "状态"),
            story.say("said", "内容"),
        ),
        rows,
    )


def _action(name: str, scene: Scene) -> str:
    lang = scene.story.lang
    if name in STEP_LABELS:
        return in_language(STEP_LABELS[name], lang)
    return scene.rulebook.workflow.action_labels[name].text(lang)


def _said(said: dict[str, Any], story: Story) -> str:
    texts = [str(said[name]) for name in _TEXTS if name in said]
    return "; ".join(story.say(each, _SUBJECTS.get(each, each)) for each in texts)


def _clock(text: str, scene: Scene) -> str:
    return f"{read_instant(text).astimezone(scene.calendar.timezone):%m-%d %H:%M}"
