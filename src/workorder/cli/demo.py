"""``workorder demo``: a short complaint's life on SQLite, and a deadline over a holiday."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workorder.cli.output import print_json, print_table, say, shared

_BEGAN = datetime(2026, 11, 23, 1, 15, tzinfo=UTC)


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "demo", parents=[shared()], help="a short complaint's life, told in the terminal"
    )
    made.set_defaults(run=run)


class _Story:
    """Tells, and keeps what was told for ``--json``."""

    def __init__(self, lang: str, *, quiet: bool) -> None:
        self.lang = lang
        self.quiet = quiet
        self.steps: list[dict[str, Any]] = []
        self._at = _BEGAN

    def now(self) -> datetime:
        """The story's clock: some minutes pass between steps, the same in every run."""
        self._at += timedelta(minutes=7)
        return self._at

    def tell(self, english: str, chinese: str, **facts: Any) -> None:
        """One sentence, and the facts behind it."""
        text = say(self.lang, english, chinese)
        self.steps.append({"text": text, **facts})
        if not self.quiet:
            print(f"\n▸ {text}")

    def show(self, text: str) -> None:
        """Something to look at."""
        if not self.quiet:
            print("\n".join(f"    {line}" for line in text.splitlines()))

    def refused(self, english: str, chinese: str, attempt: Callable[[], object]) -> None:
        """Something that must not work, and the reasons that are given."""
        from workorder.errors import CommandRefused

        try:
            attempt()
        except CommandRefused as error:
            self.tell(english, chinese, refused=error.refusal.as_data(self.lang))
            self.show(error.text(self.lang))
        else:
            raise RuntimeError(english)


def run(arguments: argparse.Namespace) -> int:
    """Tell it."""
    from workorder.storage import SQLiteStore

    story = _Story(arguments.lang, quiet=arguments.json)
    with TemporaryDirectory() as folder, SQLiteStore(Path(folder) / "demo.db") as store:
        history = _complaint(story, store)
    deadline = _deadline(story)
    if arguments.json:
        print_json({"steps": story.steps, "history": history, "deadline": deadline})
    return 0


def _complaint(story: _Story, store: Any) -> list[dict[str, Any]]:
    from workorder.desk import ServiceDesk
    from workorder.ticket import Close, Dispatch, ReturnForRework, Start, Submit
    from workorder.workflow import Actor

    ids = count(1)
    desk = ServiceDesk(
        store,
        time=story.now,
        # A story is the same every time it is told; a desk in use leaves these two alone.
        new_id=lambda: f"command-{next(ids)}",
        new_entropy=lambda: b"a story needs no secrets",
    )
    li = Actor("li.na", "handler", "hotline")
    zhang = Actor("zhang.wei", "handler", "cards")
    wang = Actor("wang.fang", "supervisor", "cards")

    def call() -> Any:
        return desk.open(
            "complaint",
            customer="C-10023",
            channel="phone",
            subjects=["chen.hao"],
            fields={"title": "ATM kept my card", "category": "atm", "priority": 2},
            actor=li,
            command_id="call-4711",
        )

    ticket = call()
    story.tell(
        f"Li Na takes the call; complaint {ticket.id} is open.",
        f"李娜接听来电，投诉工单 {ticket.id} 已登记。",
        state=ticket.state,
        version=ticket.version,
    )
    again = call()
    story.tell(
        f"The line drops, her screen sends it again: the same ticket, version {again.version}.",
        f"线路中断，系统重发同一请求：仍是同一张工单，第 {again.version} 版。",
        same_ticket=again.id == ticket.id,
    )
    story.refused(
        "It cannot be given to the person the customer complains about:",
        "不能派给被投诉人：",
        lambda: desk.perform(ticket.id, Dispatch(to="chen.hao"), actor=wang),
    )
    desk.perform(ticket.id, Dispatch(to="zhang.wei", department="cards"), actor=wang)
    desk.perform(ticket.id, Start(), actor=zhang)
    story.tell(
        "Wang Fang gives it to Zhang Wei, who starts. What may he do now, and what not?",
        "王芳派给张伟，张伟开始处理。他现在能做什么、不能做什么？",
    )
    story.show(desk.explain(ticket.id, actor=zhang).text(story.lang))
    story.refused(
        "He submits without saying how it was resolved:",
        "他未填写处理结果就提交：",
        lambda: desk.perform(ticket.id, Submit(), actor=zhang),
    )
    desk.perform(ticket.id, Submit(resolution="Card returned, fee refunded"), actor=zhang)
    story.refused(
        "He tries to close his own work. Four eyes:",
        "他想结掉自己经办的工单。双人复核：",
        lambda: desk.perform(ticket.id, Close(), actor=zhang),
    )
    promoted = Actor("zhang.wei", "supervisor", "cards")
    story.refused(
        "Wearing a supervisor's hat does not help: the ticket remembers who worked on it.",
        "换上主管身份也不行：工单记得谁经办过。",
        lambda: desk.perform(ticket.id, Close(), actor=promoted),
    )
    desk.perform(ticket.id, ReturnForRework(reason="Which fee?"), actor=wang)
    desk.perform(ticket.id, Submit(resolution="Card returned, CNY 4 fee refunded"), actor=zhang)
    closed = desk.perform(ticket.id, Close(), actor=wang)
    story.tell(
        f"Wang Fang sends it back once, then closes it: version {closed.version}.",
        f"王芳退回一次，随后结案：第 {closed.version} 版。",
        state=closed.state,
        version=closed.version,
    )
    entries = [entry.as_data() for entry in desk.history(ticket.id, actor=wang)]
    if not story.quiet:
        _history(entries, story)
    return entries


def _deadline(story: _Story) -> dict[str, Any]:
    from workorder.sla import BusinessCalendar
    from workorder.sla.month import month_of

    desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", "CN")
    received = datetime(2026, 9, 30, 16, 30, tzinfo=desk.timezone)
    due = desk.due(received, "3 working days")
    story.tell(
        "Another complaint comes in on 30 September at 16:30, due in three working days. "
        "Until when, and why?",
        "另一张投诉于 9 月 30 日 16:30 收到，期限三个工作日。何时到期，为什么？",
        due=due.instant.isoformat(),
    )
    story.show(due.ledger.text(story.lang))
    story.tell("October, as the notice has it:", "按放假安排，十月是这样的：")
    story.show(month_of(desk, 2026, 10).text(story.lang))
    return due.ledger.as_data(story.lang)


def _history(entries: list[dict[str, Any]], story: _Story) -> None:
    from workorder.rulebook import basic

    lang = story.lang
    workflow = basic().workflow
    print_table(
        say(lang, "Every step left a trace", "全程留痕"),
        (
            "#",
            say(lang, "at (UTC)", "时间（UTC）"),
            say(lang, "who", "人员"),
            say(lang, "as", "角色"),
            say(lang, "did", "操作"),
            say(lang, "state", "状态"),
            say(lang, "said", "内容"),
        ),
        [
            (
                entry["sequence"],
                entry["at"][11:16],
                entry["actor"],
                workflow.role_labels[entry["role"]].text(lang),
                workflow.action_labels[entry["action"]].text(lang),
                workflow.labels[entry["state"]].text(lang),
                "; ".join(
                    str(text)
                    for name, text in entry["said"].items()
                    if name in {"title", "resolution", "reason"}
                ),
            )
            for entry in entries
        ],
    )
