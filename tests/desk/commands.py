"""Random commands: sound ones, odd ones, and ones that make no sense."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from workorder.ticket import (
    Action,
    Assign,
    Close,
    Command,
    Comment,
    Dispatch,
    Open,
    Reopen,
    ReturnForRework,
    Start,
    Submit,
    Ticket,
    Transfer,
)

NAMES = ("li", "wu", "zhao", "qian", "chen", "C-1", "sun")
ODD = (
    "",
    "  ",
    "e\u0301",
    "第一行\r\n第二行 💳",
    "a\x00b",
    "\ud800",
    "\ufeffmark",
)

too_long = st.just(20_001).map(lambda length: "x" * length)
texts = st.sampled_from(("换卡", "called back", "ok", *ODD)) | too_long
given_texts = st.sampled_from(("换卡", "called back", "ok"))
people = st.sampled_from((*NAMES, "e\u0301", "a\nb"))
departments = st.sampled_from(("cards", "loans"))
values = st.one_of(
    texts,
    st.integers(-3, 3),
    st.sampled_from([2**63, True, False, 1.5, None]),
    st.just(datetime(2026, 3, 2, tzinfo=UTC)),
    st.just(datetime(2026, 3, 2)),
    st.lists(texts, max_size=2),
)

commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(Dispatch, st.none() | people, st.none() | departments, st.none() | texts),
    st.builds(Dispatch, people, departments, given_texts),
    st.builds(Transfer, st.none() | people, st.none() | departments, st.none() | texts),
    st.builds(Transfer, people, departments, given_texts),
    st.builds(Start),
    st.builds(Comment, texts),
    st.builds(Submit, st.none() | texts),
    st.builds(Submit, given_texts),
    st.builds(ReturnForRework, st.none() | texts),
    st.builds(ReturnForRework, given_texts),
    st.builds(Close),
    st.builds(Reopen, st.none() | texts),
    st.builds(Open, st.sampled_from(["complaint", "bare"])),
    st.builds(
        Action,
        st.sampled_from(["call_back", "rate", "call_bakc", ""]),
        st.dictionaries(
            st.sampled_from(["number", "note", "minutes", "again_at", "tags", "stars", "other"]),
            values,
            max_size=3,
        ),
    ),
)

openings = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ["complaint", "complaint", "complaint", "bare", "bare", "complaiment"]
        ),
        "customer": st.none() | people,
        "channel": st.none() | st.sampled_from(["phone", "邮件"]),
        "subjects": st.lists(people, max_size=2),
        "department": st.none() | departments,
    }
)
fields = st.dictionaries(
    st.sampled_from(["title", "priority", "amount", "tags", "colour"]), values, max_size=3
)
sound_fields = {
    "complaint": {"title": "丢卡", "priority": 2},
    "bare": {"amount": 5, "tags": ["a", "b"]},
}


def unfit(value: Any) -> bool:
    """Whether no canonical text can hold *value*: floats, naive instants, half characters."""
    if isinstance(value, float):
        return True
    if isinstance(value, datetime):
        return value.utcoffset() is None
    if isinstance(value, str):
        return "\ud800" in value
    if isinstance(value, dict):
        return any(map(unfit, [*value, *value.values()]))
    return isinstance(value, list | tuple) and any(map(unfit, value))


def asked(command: Command) -> dict[str, Any]:
    """Everything a command asks for, to compare."""
    plain = command.normal()
    return {"action": plain.action, **plain.arguments(), "fields": getattr(plain, "fields", None)}


def sound(action: str, ticket: Ticket) -> Command:
    """A command for *action* with everything it needs, fit for *ticket* as far as can be."""
    barred = {ticket.customer, ticket.assignee, *ticket.parties.subjects}
    free = next(name for name in ("wu", "zhao", "qian", "chen", "li", "new") if name not in barred)
    known: dict[str, Command] = {
        "open": Open("bare"),
        "dispatch": Dispatch(free, "cards", "go"),
        "assign": Assign(free, "cards", "go"),
        "transfer": Transfer(free, "loans", "go"),
        "start": Start(),
        "comment": Comment("note"),
        "submit": Submit("done"),
        "return_for_rework": ReturnForRework("again"),
        "close": Close(),
        "reopen": Reopen("still wrong"),
        "call_back": Action("call_back", {"number": "139", "note": "三点后"}),
        "rate": Action("rate", {"stars": 5}),
    }
    return known[action]
