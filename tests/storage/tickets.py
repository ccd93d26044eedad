"""Tickets drawn at random: every kind of value, in many languages."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from workorder.canonical import normal_text
from workorder.storage import Change, Mark, Snapshot
from workorder.ticket import (
    Assignment,
    Counts,
    FieldValue,
    Origin,
    Parties,
    Revision,
    Sealed,
    Ticket,
    Timer,
    Times,
    Work,
)

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# What compares oddly somewhere: case, width, accents, digits, quotes, planes above the first.
WORDS = (
    "",
    "A",
    "B",
    "a",
    "aa",
    "é",
    "工单",
    "投诉",
    "𠮷",
    "💳",
    "�",
    "10",
    "9",
    "o'x",
    'a"b',
    "a\\b",
    "null",
    "true",
)
FIELDS = {
    "fields.amount": "integer",
    "fields.urgent": "flag",
    "fields.product": "code",
    "fields.due": "instant",
    "fields.产品": "code",
}

words = st.sampled_from(WORDS)
maybe = st.none() | words
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(normal_text)
instants = st.builds(
    lambda seconds, micro, hours: (AT + timedelta(seconds=seconds, microseconds=micro)).astimezone(
        timezone(timedelta(hours=hours))
    ),
    st.sampled_from([0, 1, 60, -60, 86_400]),
    st.sampled_from([0, 1, 999_999]),
    st.sampled_from([0, 8, -5]),
)
utc = instants.map(lambda value: value.astimezone(UTC))
integers = st.sampled_from([0, 1, -1, 2, 9, 10, 2**53 + 1, 2**63 - 1, -(2**63)])

any_value: st.SearchStrategy[FieldValue] = st.one_of(
    texts,
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.lists(texts, max_size=3).map(tuple),
    utc,
    st.builds(Sealed, texts, texts),
    st.none(),
)

searchable_fields = st.fixed_dictionaries(
    {},
    optional={
        "amount": integers | st.none(),
        "urgent": st.booleans(),
        "product": words,
        "due": utc,
        "产品": words,
    },
)

deeds = st.dictionaries(
    st.sampled_from(["li", "wu", "王", "C-1"]),
    st.dictionaries(
        st.sampled_from(["handler", "assignee", "主管"]),
        st.lists(st.sampled_from(["open", "close", "备注"]), min_size=1, unique=True).map(tuple),
        max_size=2,
    ),
    max_size=3,
)

times = st.builds(Times, utc, utc, utc, st.none() | utc, st.none() | utc)


def tickets(
    ids: st.SearchStrategy[str] = words, fields: st.SearchStrategy[object] = searchable_fields
) -> st.SearchStrategy[Ticket]:
    """Tickets with these ids and fields, and anything for the rest."""
    return st.builds(
        Ticket,
        id=ids,
        type=words,
        state=words,
        revision=st.builds(Revision, st.integers(1, 9), st.integers(1, 9)),
        origin=st.builds(Origin, words, words, maybe, maybe, maybe),
        parties=st.builds(Parties, maybe, st.lists(words, max_size=2).map(tuple)),
        assignment=st.builds(Assignment, maybe, maybe),
        times=times,
        counts=st.builds(Counts, *[st.integers(0, 3)] * 4),
        fields=fields,
        deeds=deeds,
        work=st.builds(Work, erased=st.booleans()),
        timers=st.lists(st.builds(Timer, words, utc, words), max_size=2).map(tuple),
        kinds=st.lists(words, max_size=2).map(tuple),
    )


def put(ticket: Ticket) -> Change:
    """The change that brings a whole ticket into an empty store."""
    return Change(ticket.id, 0, Snapshot(ticket), (), (Mark("c1", "d"),))
