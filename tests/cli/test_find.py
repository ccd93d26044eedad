"""``workorder find``: tickets by field."""

from pathlib import Path

import pytest

from tests.cli.conftest import ID, Run, cells, folded


def found(run: Run, shop: Path, *arguments: str) -> list[str]:
    """The numbers of the tickets found, in their order."""
    ran = run("find", shop, *arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    return [each["key"] for each in ran.data()["tickets"]]


def test_as_json(run: Run, shop: Path) -> None:
    """One object: tickets with what tells them apart, and the mark of the next page."""
    data = run("find", shop, "--json").data()
    assert data["next"] is None
    first = data["tickets"][0]
    assert ID.fullmatch(first.pop("id"))
    assert str(first.pop("opened")).startswith("2026-03-01")
    assert first == {
        "key": "C1",
        "type": "complaint",
        "state": "in_progress",
        "assignee": "li",
        "department": "cards",
        "customer": "K-1",
    }


def test_for_people(run: Run, shop: Path, tables: str) -> None:
    """A line for each ticket; what is not known is a dash."""
    ran = run("find", shop)
    lines = [line[1:] for line in cells(ran.out) if ID.fullmatch(line[0])]
    assert lines == [
        ["C1", "complaint", "in_progress", "li", "cards", "K-1", "2026-03-01 00:00"],
        ["C2", "complaint", "closed", "-", "hall", "K-2", "2026-03-01 00:10"],
        ["C3", "complaint", "-100", "-", "hall", "K-3", "2026-03-01 00:12"],
    ]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["state=closed"], ["C2"]),
        (["state!=closed"], ["C1", "C3"]),
        (["state = closed"], ["C2"]),
        (["key=C3"], ["C3"]),
        (["customer=K-2", "state=accepted"], []),
        (["customer=K-2", "state=closed"], ["C2"]),
        (["fields.priority=2"], ["C2"]),
        (["fields.priority>2"], ["C3"]),
        (["fields.priority>=2"], ["C2", "C3"]),
        (["fields.priority<10"], ["C2"]),
        (["fields.priority<=10"], ["C2", "C3"]),
        (["fields.priority!=2"], ["C3"]),
        (["fields.category=atm"], ["C2"]),
        (["opened>2026-03-01T00:10:00Z"], ["C3"]),
        (["opened<=2026-03-01T08:10:00+08:00"], ["C1", "C2"]),
        (["people=li"], ["C1"]),
        (["people=teller"], ["C1", "C2", "C3"]),
        (["people!=li"], ["C2", "C3"]),
        (["department=hall", "people!=teller"], []),
    ],
)
def test_conditions(conditions: list[str], expected: list[str], run: Run, shop: Path) -> None:
    """Every comparison means what it says, values are read in the field's kind, all must hold."""
    arguments = [part for each in conditions for part in ("--where", each)]
    assert found(run, shop, *arguments) == expected


def test_missing(run: Run, shop: Path) -> None:
    """Tickets on which something is not known."""
    assert found(run, shop, "--missing", "assignee") == ["C2", "C3"]
    assert found(run, shop, "--missing", "fields.priority", "--where", "state=in_progress") == [
        "C1"
    ]
    assert found(run, shop, "--missing", "closed", "--missing", "assignee") == ["C3"]


def test_order(run: Run, shop: Path) -> None:
    """By one field or several, up or down; what is not known comes last either way."""
    assert found(run, shop) == ["C1", "C2", "C3"]
    assert found(run, shop, "--order", "opened:desc") == ["C3", "C2", "C1"]
    assert found(run, shop, "--order", "fields.priority") == ["C2", "C3", "C1"]
    assert found(run, shop, "--order", "fields.priority:desc") == ["C3", "C2", "C1"]
    assert found(run, shop, "--order", "department", "--order", "opened:desc") == ["C1", "C3", "C2"]


@pytest.mark.parametrize("order", [[], ["--order", "customer:desc"]])
def test_pages(order: list[str], run: Run, shop: Path) -> None:
    """Page by page, every ticket comes once, as without pages."""
    whole = found(run, shop, *order)
    paged: list[str] = []
    after: list[str] = []
    for _ in range(5):
        data = run("find", shop, "--limit", "1", "--json", *order, *after).data()
        paged += [each["key"] for each in data["tickets"]]
        if data["next"] is None:
            break
        after = ["--after", data["next"]]
    assert paged == whole


def test_people_are_told_of_the_next_page(run: Run, shop: Path, tables: str) -> None:
    """The mark of the next page stands below the table, and can be copied."""
    ran = run("find", shop, "--limit", "2")
    *_, more = ran.out.strip().splitlines()
    said, option, mark = more.split()
    assert (said, option) == ("more:", "--after")
    assert [
        line[1] for line in cells(run("find", shop, "--after", mark).out) if ID.match(line[0])
    ] == ["C3"]


def test_for_somebody(run: Run, shop: Path) -> None:
    """With an actor, only what their roles and department may see is found."""
    li = ("--actor", "li", "--role", "handler")
    assert found(run, shop, *li) == ["C1"]
    assert found(run, shop, *li, "--department", "hall") == ["C1", "C2", "C3"]
    assert found(run, shop, "--actor", "sun", "--role", "handler") == []
    assert found(run, shop, "--actor", "boss", "--role", "supervisor") == ["C1", "C2", "C3"]
    assert found(run, shop, "--actor", "sun") == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--where", "colour=red"], "unknown_field"),
        (["--where", "fields.title=Card"], "unknown_field"),
        (["--missing", "colour"], "unknown_field"),
        (["--order", "colour"], "unknown_field"),
        (["--order", "people"], "wrong_operator"),
        (["--where", "people<li"], "wrong_operator"),
        (["--where", "fields.priority=high"], "wrong_type"),
        (["--where", "opened>yesterday"], "wrong_type"),
        (["--where", "opened>2026-03-01"], "wrong_type"),
        (["--where", "state"], "wrong_type"),
        (["--limit", "0"], "bad_limit"),
        (["--limit", "1001"], "bad_limit"),
        (["--after", "rubbish"], "bad_cursor"),
        (["--actor", " "], "blank"),
    ],
)
def test_bad_questions(arguments: list[str], code: str, run: Run, shop: Path) -> None:
    """What cannot be answered exactly is bad input, with a code and a sentence."""
    ran = run("find", shop, *arguments)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.strip()
    assert "?" not in ran.err
    ran = run("find", shop, *arguments, "--json")
    assert (ran.code, ran.data()["error"]["code"]) == (3, code)


def test_a_mark_of_another_question(run: Run, shop: Path) -> None:
    """The mark of a page belongs to its question."""
    mark = run("find", shop, "--limit", "1", "--json").data()["next"]
    ran = run("find", shop, "--order", "customer", "--after", mark, "--json")
    assert (ran.code, ran.data()["error"]["code"]) == (3, "bad_cursor")


def test_in_chinese(run: Run, shop: Path, tables: str) -> None:
    """The title and the columns are Chinese."""
    ran = run("find", shop, "--lang", "zh-CN", "--limit", "1")
    title, head, *_ = cells(ran.out)
    assert title == ["工单"]
    assert "状态" in head
    assert folded(ran.out).strip().splitlines()[-1].startswith("下一页:--after ")
