"""What ``find`` promises (capability ``query``): the meaning of every operator and order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from attrs import evolve

from workorder.conditions import ALWAYS, NEVER, AllOf, Condition, where
from workorder.errors import UnsupportedQuery
from workorder.storage import (
    PAGE_LIMIT,
    SEARCHABLE,
    Capability,
    Change,
    Snapshot,
    Sort,
    TicketQuery,
    order_values,
)
from workorder.testing.batches import AT, batch, following, opening
from workorder.testing.check import Chapter
from workorder.testing.oracle import Row, holds, in_order
from workorder.testing.trial import Trial
from workorder.ticket import Assignment, Origin, Parties, Times
from workorder.ticket.work import Subtask, Windows

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)

ROWS: tuple[Row, ...] = (
    {"id": "T1", "state": "accepted", "assignee": "li", "customer": "C1", "people": {"li"}},
    {"id": "T10", "state": "Accepted", "assignee": "Li", "customer": "C1", "people": {"li", "wu"}},
    {"id": "T2", "state": "closed", "department": "cards", "channel": "phone", "closed": AT + DAY},
    {"id": "t2", "state": "closed ", "department": "Cards", "channel": "", "closed": AT + 2 * DAY},
    {"id": "工单", "state": "受理", "assignee": "王", "department": "信用卡部", "people": {"王"}},
    {"id": "\U0001f4b3", "state": "\U0001f4b3", "assignee": "\uffee", "type": "dispute"},
    {"id": "é", "state": "é", "assignee": "e", "customer": "C%", "source": "old", "key": "1"},
    {"id": "a_b", "state": "a_b", "customer": "C_", "source": "old", "key": "01", "asked": {"it"}},
    {"id": "aXb", "state": "aXb", "customer": "o'x", "source": "Old", "asked": {"law", "it"}},
    {"id": "n", "state": "null", "assignee": "null", "customer": 'a"b', "due": AT + DAY},
    {"id": "d1", "state": "accepted", "due": AT + DAY + TICK, "resolved": AT, "people": {"wu"}},
    {"id": "d2", "state": "accepted", "due": AT + DAY - TICK, "resolved": AT + TICK},
    {"id": "o1", "state": "closed", "opened": AT - DAY, "last": AT, "opened_by": "wu"},
    {"id": "o2", "state": "closed", "opened": AT - DAY, "last": AT + DAY, "opened_by": "wu"},
    {"id": "f1", "fields.amount": 5, "fields.urgent": True, "fields.product": "card"},
    {"id": "f2", "fields.amount": -7, "fields.urgent": False, "fields.product": "Card"},
    {"id": "f3", "fields.amount": 2**63 - 1, "fields.product": "", "fields.from": AT + TICK},
    {"id": "f4", "fields.amount": 10, "fields.产品": "借记卡", "fields.from": AT},
    {"id": "f5", "fields.amount": 0, "fields.产品": "信用卡", "fields.urgent": True},
)
"""Tickets that databases confuse: by case, blanks, accents, patterns, planes, empty values."""

_ALWAYS_THERE: Row = {
    "state": "accepted",
    "type": "complaint",
    "opened": AT,
    "last": AT,
    "state_since": AT,
    "opened_by": "li",
    "erased": False,
}

chapter = Chapter("query", "find", Capability.QUERY)


def _whole(row: Row) -> Row:
    return {**_ALWAYS_THERE, **row}


def ticket_of(row: Row) -> Change:
    """The change that opens the ticket that *row* tells of."""
    deeds = {each: {"handler": ("open",)} for each in sorted(row.get("people", ()))}
    asked = sorted(row.get("asked", ()))
    change = opening(row["id"])
    ticket = change.snapshot.ticket
    fields = {name[7:]: value for name, value in row.items() if name.startswith("fields.")}
    subtasks = tuple(Subtask(f"{number}", each, "li") for number, each in enumerate(asked))
    made = evolve(
        ticket,
        type=row["type"],
        state=row["state"],
        origin=Origin(
            ticket.origin.rulebook,
            row["opened_by"],
            row.get("channel"),
            row.get("source"),
            row.get("key"),
        ),
        parties=Parties(row.get("customer")),
        assignment=Assignment(row.get("assignee"), row.get("department")),
        times=Times(
            row["opened"], row["last"], row["state_since"], row.get("resolved"), row.get("closed")
        ),
        windows=Windows(due=row.get("due")),
        work=evolve(ticket.work, subtasks=subtasks),
        fields=fields,
        deeds=deeds,
    )
    return evolve(change, snapshot=Snapshot(made))


def _filled(trial: Trial, rows: Sequence[Row] = ROWS) -> list[Row]:
    whole = [_whole(row) for row in rows]
    trial.committed(*(ticket_of(row) for row in whole))
    return whole


def _own(condition: Condition) -> bool:
    """Whether it asks for fields of forms, which a store may say that it cannot search."""
    return "fields." in repr(condition)


def _asked(trial: Trial, rows: Sequence[Row], conditions: Iterable[Condition]) -> None:
    """Find by each of *conditions*, and compare with the oracle; ids, in the order of ids."""
    for condition in conditions:
        query = TicketQuery(condition, order=("id",), limit=1_000)
        try:
            found = [each.ticket.id for each in trial.store.find(query)]
        except UnsupportedQuery:
            if _own(condition):
                continue  # said plainly: that is allowed
            raise
        expected = [row["id"] for row in in_order(rows, []) if holds(row, condition)]
        trial.equal(f"found by {condition!r}", found, expected)


def _values(rows: Sequence[Row]) -> Mapping[str, list[Any]]:
    """Every value that stands in a field of one value, by the field."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        for name, value in row.items():
            if name not in {"people", "asked"} and value not in found.setdefault(name, []):
                found[name].append(value)
    return found


@chapter.promise(
    "Equal means equal to the last character: case, blanks and accents count.",
    "相等指逐字符相等：大小写、空格、重音均区分。",
)
def equals(trial: Trial) -> None:
    """Every value of every field, and one that nobody has."""
    rows = _filled(trial)
    for name, values in _values(rows).items():
        _asked(trial, rows, [where(name).equals(value) for value in values])
    absent = ("ACCEPTED", "closed  ", "", "%", "_", "a%", "a.b", "T")
    for name in ("id", "state", "customer", "channel", "assignee"):
        _asked(trial, rows, [where(name).equals(value) for value in absent])


@chapter.promise(
    "“Differs” asks for a value that is there and another one; a missing value satisfies nothing.",
    "“不等”要求有值且不同；缺失的值不满足任何比较。",
)
def differs(trial: Trial) -> None:
    """Fields that are missing in some tickets; and the same turned round."""
    rows = _filled(trial)
    for name, values in _values(rows).items():
        conditions = [where(name).differs(value) for value in values[:3]]
        _asked(trial, rows, conditions + [~each for each in conditions])


@chapter.promise(
    "Below and above compare texts by code point, numbers as numbers, instants as instants.",
    "大小比较：文本按码位，数字按数值，时刻按先后。",
)
def ordering(trial: Trial) -> None:
    """Four operators at every value of every field that has an order."""
    rows = _filled(trial)
    for name, values in _values(rows).items():
        if isinstance(values[0], bool):
            continue
        for value in values:
            asked = where(name)
            conditions = (asked.below, asked.at_most, asked.above, asked.at_least)
            _asked(trial, rows, [compare(value) for compare in conditions])


@chapter.promise(
    "“One of” is equal to any; of none it is never true.",
    "“其中之一”等于任一值；列表为空时恒不成立。",
)
def one_of(trial: Trial) -> None:
    """Two values, one that nobody has, none, and many."""
    rows = _filled(trial)
    for name, values in _values(rows).items():
        asked = where(name)
        _asked(trial, rows, [asked.one_of(values[:2]), ~asked.one_of(values[-1:])])
    many = [f"s{number}" for number in range(1_500)]
    state = where("state")
    _asked(trial, rows, [state.one_of([]), ~state.one_of([]), state.one_of([*many, "closed"])])


@chapter.promise(
    "A field of several values contains one: equal to the last character.",
    "多值字段的包含：逐字符相等。",
)
def contains(trial: Trial) -> None:
    """People and departments that were asked; names that are parts of others."""
    rows = _filled(trial)
    for name in ("people", "asked"):
        values = ("li", "Li", "l", "wu", "王", "it", "IT", "law", "", "%")
        conditions = [where(name).contains(value) for value in values]
        _asked(trial, rows, conditions + [~each for each in conditions])


@chapter.promise(
    "“Missing” is true where there is no value, also for several: nobody, no department. An empty"
    " text is a value.",
    "“缺失”指没有值，多值字段为空亦然；空文本是值。",
)
def missing(trial: Trial) -> None:
    """Every field there is."""
    rows = _filled(trial)
    for name in (*SEARCHABLE, "fields.amount", "fields.product", "fields.产品", "fields.nobody"):
        _asked(trial, rows, [where(name).is_missing(), ~where(name).is_missing()])


@chapter.promise(
    "And, or and not combine as with two-valued logic: not of what is missing is true.",
    "与、或、非按二值逻辑组合：缺失值的否定为真。",
)
def combined(trial: Trial) -> None:
    """Nested, empty, turned round."""
    rows = _filled(trial)
    closed, li = where("state").equals("closed"), where("assignee").equals("li")
    late, wu = where("due").below(AT + DAY), where("people").contains("wu")
    conditions: list[Condition] = [
        ALWAYS,
        NEVER,
        ~ALWAYS,
        closed & li,
        closed | li | late,
        ~(closed | li),
        ~closed & ~li,
        ~(late & ~wu),
        (closed | wu) & ~(li | late),
        ~~late,
        where("customer").is_missing() | where("customer").equals("C%"),
        AllOf((closed,) * 40),
        where("fields.amount").above(0) & where("fields.urgent").equals(value=True),
    ]
    _asked(trial, rows, conditions)


@chapter.promise(
    "In an order, texts go by code point, missing values come last in either direction, ties go"
    " by id.",
    "排序：文本按码位，缺失值无论升降均在最后，相同者按工单号。",
)
def orders(trial: Trial) -> None:
    """Every field of one value, up and down, and several at once."""
    rows = _filled(trial)
    single = [name for name, kind in SEARCHABLE.items() if kind != "codes"]
    keys = [(name,) for name in (*single, "fields.amount", "fields.product", "fields.urgent")]
    several = [("state", "-opened"), ("-department", "assignee"), ("-closed", "-id"), ()]
    for names in (*keys, *((f"-{name}",) for (name,) in keys), *several):
        query = TicketQuery(order=names, limit=1_000)
        try:
            found = [each.ticket.id for each in trial.store.find(query)]
        except UnsupportedQuery:
            if any("fields." in name for name in names):
                continue
            raise
        wanted = in_order(rows, [(n.lstrip("-"), n.startswith("-")) for n in names])
        trial.equal(f"in the order {names!r}", found, [row["id"] for row in wanted])


@chapter.promise(
    "Pages go on behind the last ticket of the page before: nothing twice, nothing left out.",
    "分页从上一页最后一张工单之后继续：不重复、不遗漏。",
)
def pages(trial: Trial) -> None:
    """Walks in orders with ties and missing values, in pages of several sizes."""
    rows = _filled(trial)
    for names in (("opened",), ("-due",), ("assignee", "-state"), ("-closed", "department"), ()):
        keys = [(n.lstrip("-"), n.startswith("-")) for n in names]
        expected = [row["id"] for row in in_order(rows, keys)]
        for size in (1, 4, len(rows)):
            trial.equal(
                f"in the order {names!r}, in pages of {size}",
                _walked(trial, names, size, len(rows)),
                expected,
            )


@chapter.promise(
    "A page may hold one ticket more than people may ask for, and others follow it.",
    "一页可比用户可请求的最大页多一张工单，其后仍可继续。",
)
def the_largest_page(trial: Trial) -> None:
    """The desk asks for one more to learn whether there is another page."""
    ids = [f"T{number:04}" for number in range(PAGE_LIMIT + 3)]
    trial.committed(*(opening(each) for each in ids))
    query = TicketQuery(order=("id",), limit=PAGE_LIMIT + 1)
    page = trial.store.find(query)
    trial.equal("how many there are", len(page), PAGE_LIMIT + 1)
    mark = order_values(page[-1].ticket, query.order)
    rest = trial.store.find(evolve(query, after=mark))
    trial.equal("the rest", [each.ticket.id for each in rest], ids[PAGE_LIMIT + 1 :])


def _walked(trial: Trial, names: tuple[str, ...], size: int, most: int) -> list[str]:
    walked: list[str] = []
    query = TicketQuery(order=names, limit=size)
    while page := trial.store.find(query):
        trial.holds("a page is longer than its limit", len(page) <= size)
        walked += [each.ticket.id for each in page]
        trial.holds("pages never end", len(walked) <= most)
        query = evolve(query, after=order_values(page[-1].ticket, query.order))
    return walked


@chapter.promise(
    "What is found is how the tickets stand: the version and the bytes of the last commit.",
    "查到的是工单当前状态：最后一次提交的版本与字节。",
)
def found_as_they_stand(trial: Trial) -> None:
    """One ticket leaves the state that is asked for, another comes into it."""
    trial.committed(opening("T1", state="new"), opening("T2", state="old"))
    first, second = trial.now("T1"), trial.now("T2")
    trial.committed(following(first, state="old"), following(second, state="new"))
    found = trial.store.find(TicketQuery(where("state").equals("new")))
    trial.equal("the tickets", [each.ticket.id for each in found], ["T2"])
    trial.equal("the bytes", [each.data for each in found], [trial.now("T2").data])


@chapter.promise(
    "Every searchable field follows the ticket when it changes, also when the value goes away.",
    "每个可查询字段随工单变化，值消失时亦然。",
)
def fields_follow_the_ticket(trial: Trial) -> None:
    """A ticket with many values becomes one with none, and the other way round."""
    full = _whole(
        {
            "id": "T1",
            "assignee": "li",
            "department": "cards",
            "customer": "C1",
            "channel": "phone",
            "people": {"li"},
            "asked": {"it"},
            "resolved": AT,
            "closed": AT,
            "due": AT,
            "fields.amount": 1,
        }
    )
    bare = _whole({"id": "T2"})
    trial.committed(ticket_of(full), ticket_of(bare))
    # Who took part in a ticket has taken part for good: people are only ever added.
    turned = [{**bare, "id": "T1", "people": {"li"}}, {**full, "id": "T2"}]
    for row in turned:
        now = trial.now(row["id"])
        wanted = ticket_of(row).snapshot.ticket
        after = following(now)
        moved = evolve(wanted, revision=after.snapshot.ticket.revision)
        trial.committed(evolve(after, snapshot=Snapshot(moved)))
    _asked(trial, turned, [where(name).is_missing() for name in full])
    _asked(trial, turned, [where("people").contains("li"), where("asked").contains("it")])
    _asked(trial, turned, [where("assignee").equals("li"), where("fields.amount").equals(1)])


@chapter.promise(
    "What was refused is not found.",
    "被拒绝的内容查不到。",
)
def nothing_of_what_was_refused(trial: Trial) -> None:
    """A repeat that would have changed the state."""
    (before,) = trial.begun("T1")
    trial.store.commit(batch(following(before, command_id="c1", state="closed"), opening("T2")))
    found = trial.store.find(TicketQuery(where("state").equals("closed")))
    trial.equal("the tickets", [each.ticket.id for each in found], [])
    found = trial.store.find(TicketQuery())
    trial.equal("all tickets", [each.ticket.id for each in found], ["T1"])


@chapter.promise(
    "A question that cannot be answered exactly is refused with ``UnsupportedQuery``, never"
    " answered otherwise.",
    "无法精确回答的查询以 ``UnsupportedQuery`` 拒绝，绝不给出别的答案。",
)
def what_no_store_can_answer(trial: Trial) -> None:
    """Unknown fields, operators and values that do not fit, limits that are none."""
    trial.begun("T1")
    queries = (
        TicketQuery(where("nonsense").is_missing()),
        TicketQuery(where("deeds").is_missing()),
        TicketQuery(where("fields.").is_missing()),
        TicketQuery(order=(Sort("nonsense"),)),
        TicketQuery(where("people").equals("li")),
        TicketQuery(where("state").contains("a")),
        TicketQuery(where("opened").above("2020")),
        TicketQuery(where("id").above(5)),
        TicketQuery(limit=0),
        TicketQuery(limit=-1),
    )
    for query in queries:
        try:
            found = trial.store.find(query)
        except UnsupportedQuery:
            continue
        trial.equal("the answer to what cannot be answered", len(found), "UnsupportedQuery")


CHECKS = chapter.checks()
