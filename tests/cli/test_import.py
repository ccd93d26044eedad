"""``workorder import``: bringing in a log from the command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CHINESE, LOG, Files, Ran, Run, cells, folded
from tests.exchange.logs import entry, text
from tests.storage.stores import tables as rows_of
from workorder.exchange import NOTES
from workorder.rulebook import it_desk, load_rulebook, rulebook_to_toml
from workorder.storage import SQLiteStore, TicketQuery


def test_what_it_says_as_json(run: Run, files: Files) -> None:
    """One object: the file, what was in it, what was done, oddities, and the rules' answers."""
    ran = run(*files.arguments("--json"))
    assert ran.code == 0
    data = ran.data()
    steps = data["conformance"].pop("steps")
    kinds = data["conformance"].pop("kinds")
    assert data == {
        "file": str(files.log),
        "rows": 6,
        "tickets": 3,
        "added": 6,
        "known": 0,
        "skipped": 0,
        "oddities": {"unknown_state": {"count": 1, "examples": ["C3"]}},
        "conformance": {},
    }
    assert steps == {
        "allowed": 4,
        "refused": 1,
        "refused_on_guessed_roles": 0,
        "refused_on_unmatched_names": 0,
        "undecidable": 1,
    }
    assert sum(each["count"] for each in kinds) == 6
    assert all(
        each.keys() == {"from", "to", "step", "answer", "code", "rules", "count", "examples"}
        for each in kinds
    )


def test_what_it_tells_people(run: Run, files: Files, tables: str) -> None:
    """How many entries, which oddities, and what the rules say, with or without rich."""
    ran = run(*files.arguments())
    assert ran.code == 0
    assert (
        ran.out.splitlines()[0]
        == "6 entries of 3 tickets: 6 brought in, 0 there already, 0 left out"
    )
    lines = cells(ran.out)
    assert ["1", NOTES["unknown_state"][0], "C3"] in lines
    assert ["4", "allowed"] in lines
    assert ["1", "New", "Closed", "move", "refused", "no_such_step"] in lines
    assert ["1", "(start)", "-100", "open", "cannot be judged", "unknown_state"] in lines


def test_in_chinese(run: Run, files: Files, tables: str) -> None:
    """The same in Chinese."""
    ran = run(*files.arguments("--lang", "zh-CN"))
    assert folded(ran.out).splitlines()[0] == "共 3 张工单 6 条记录:导入 6 条,已存在 0 条,略过 0 条"
    lines = cells(ran.out)
    assert ["1", folded(NOTES["unknown_state"][1]), "C3"] in lines
    assert ["4", "允许"] in lines
    assert all(CHINESE.search(head) for head in ("异常记录", "与规则对照") if head in ran.out)
    assert "Oddities" not in ran.out


def at_the_desk(files: Files) -> str:
    """The mapping, for the states and the role of an IT desk; it names no rulebook."""
    whole = files.mapping.read_text(encoding="utf-8")
    for there, instead in (
        ("complaint", "incident"),
        ('"accepted"', '"new"'),
        ("handler", "agent"),
    ):
        assert there in whole
        whole = whole.replace(there, instead)
    files.mapping.write_text(whole, encoding="utf-8")
    return whole


def rulebooks(store: Path) -> set[str]:
    """The digests of the rulebooks under which the tickets of a store were opened."""
    with SQLiteStore(store) as opened:
        return {snapshot.ticket.origin.rulebook for snapshot in opened.find(TicketQuery())}


def test_the_rulebook_that_the_mapping_names(run: Run, files: Files) -> None:
    """The mapping's own rulebook counts; without one it is the basic one."""
    whole = at_the_desk(files)
    assert complains(run(*files.arguments()), 3, "states.New", "roles.default", "type")
    files.mapping.write_text(f'rulebook = "it_desk"\n{whole}', encoding="utf-8")
    assert run(*files.arguments("--quiet")).code == 0
    assert rulebooks(files.store) == {it_desk().digest}


def test_another_rulebook_than_the_mapping_names(run: Run, files: Files, tmp_path: Path) -> None:
    """A name or a file on the command line comes first; one that is neither is bad input."""
    at_the_desk(files)
    own = tmp_path / "own.toml"
    text = rulebook_to_toml(it_desk()).replace('version = "1"', 'version = "2"', 1)
    own.write_text(text, encoding="utf-8")
    digests = {"it_desk": it_desk().digest, str(own): load_rulebook(own).digest}
    assert len(set(digests.values())) == 2
    for named, digest in digests.items():
        files.store.unlink(missing_ok=True)
        assert run(*files.arguments("--quiet", "--rulebook", named)).code == 0
        assert rulebooks(files.store) == {digest}
    files.store.unlink()
    assert complains(run(*files.arguments("--rulebook", "none")), 3, "none")
    assert not files.store.exists()


def test_a_second_run(run: Run, files: Files) -> None:
    """Running it again adds nothing, and says so."""
    run(*files.arguments())
    before = rows_of(files.store)
    ran = run(*files.arguments())
    assert (
        ran.out.splitlines()[0]
        == "6 entries of 3 tickets: 0 brought in, 6 there already, 0 left out"
    )
    assert "Held against the rules" not in ran.out
    assert rows_of(files.store) == before


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_progress_goes_to_standard_error(more: tuple[str, ...], run: Run, files: Files) -> None:
    """Progress never mixes with the answer, and ``--quiet`` leaves it out."""
    ran = run(*files.arguments(*more))
    assert [line.split(",")[0] for line in ran.err.splitlines()] == [
        "check: 6 of 6 (100%)",
        "import: 6 of 6 (100%)",
    ]
    assert "100%" not in ran.out
    assert run(*files.arguments("--quiet", *more)).err == ""


def test_a_tenants_store(run: Run, files: Files) -> None:
    """A store made for a tenant is that tenant's; others are refused and it stays as it was."""
    assert run(*files.arguments("--tenant", "north")).code == 0
    before = rows_of(files.store)
    ran = run(*files.arguments("--tenant", "south", "--json"))
    assert (ran.code, ran.data()["error"]["code"]) == (4, "other_tenant")
    assert rows_of(files.store) == before
    with SQLiteStore(files.store, tenant="north") as store:
        assert len(store.log()) == 6


BAD_LOGS: dict[str, tuple[bytes, str]] = {
    "a wrong date": (
        text([*LOG, {**entry("C9", "New", 0), "at": "1/2/2026"}]).encode(),
        "wrong_date",
    ),
    "a wrong cell": (text([*LOG, entry("", "New", 0)]).encode(), "wrong_value"),
    "another encoding": (
        text([entry("C1", "New", 0, by="张伟")]).encode("gb18030"),
        "wrong_encoding",
    ),
    "a cell too few": (text(LOG).encode() + b"C9,New\n", "wrong_width"),
    "a column missing": (text(LOG).replace("number", "no", 1).encode(), "missing_columns"),
    "cut short": (b"\x1f\x8b\x08\x00", "truncated"),
    "empty": (b"", "empty"),
}


def complains(ran: Ran, code: int, *words: str) -> bool:
    """Whether it ended with *code*, saying *words* on standard error and nothing else."""
    return (ran.code, ran.out) == (code, "") and all(word in ran.err for word in words)


@pytest.mark.parametrize("name", BAD_LOGS)
def test_a_bad_log_leaves_no_store(name: str, run: Run, files: Files) -> None:
    """Exit code 3, the file's name and the reason; no store file is left behind."""
    data, code = BAD_LOGS[name]
    files.log.write_bytes(data)
    assert complains(run(*files.arguments()), 3, str(files.log))
    assert complains(run(*files.arguments("--lang", "zh-CN")), 3, str(files.log))
    ran = run(*files.arguments("--json"))
    assert ran.code == 3
    assert ran.data()["error"].keys() == {"code", "text"}
    assert ran.data()["error"]["code"] == code
    assert not files.store.exists()


@pytest.mark.parametrize("name", BAD_LOGS)
def test_a_bad_log_leaves_a_store_as_it_was(name: str, run: Run, files: Files, shop: Path) -> None:
    """Nothing in a store that is there changes."""
    before = rows_of(shop)
    files.log.write_bytes(BAD_LOGS[name][0])
    assert run(*files.arguments()).code == 3
    assert rows_of(shop) == before


def test_no_log(run: Run, files: Files) -> None:
    """A log that is not there, or is a folder, is bad input."""
    files.log.unlink()
    assert complains(run(*files.arguments()), 3, str(files.log))
    files.log.mkdir()
    assert complains(run(*files.arguments()), 3, str(files.log))
    assert not files.store.exists()


BAD_MAPPINGS: list[tuple[str, str, str]] = [
    ('source = "old desk"', "source = old desk", "line 2"),
    ('source = "old desk"', "", "source"),
    ('type = "complaint"', 'type = "complain"', "complaint"),
    ('"New" = "accepted"', '"New" = "acepted"', "states.New"),
    ('default = "handler"', 'default = "handlr"', "handler"),
    ('category = "kind"', 'categry = "kind"', "fields.categry"),
    ('type = "complaint"', 'type = "complaint"\nzone = "Mars"', "zone"),
    ('type = "complaint"', 'type = "complaint"\nencoding = "klingon"', "encoding"),
    ('type = "complaint"', 'type = "complaint"\nsorce = "x"', "sorce"),
    ('key = "number"', "key = 5", "columns.key"),
]


@pytest.mark.parametrize(("there", "instead", "said"), BAD_MAPPINGS)
def test_a_bad_mapping(there: str, instead: str, said: str, run: Run, files: Files) -> None:
    """Exit code 3, file and key; no store file is left behind."""
    whole = files.mapping.read_text(encoding="utf-8")
    assert there in whole
    files.mapping.write_text(whole.replace(there, instead, 1), encoding="utf-8")
    assert complains(run(*files.arguments()), 3, str(files.mapping), said)
    data: Any = run(*files.arguments("--json")).data()
    assert data["error"]["code"] == "configuration"
    assert said in data["error"]["text"]
    assert not files.store.exists()


def test_every_finding_of_a_mapping(run: Run, files: Files) -> None:
    """Several mistakes of a mapping are told in one go, a line each."""
    files.mapping.write_text('sorce = "x"\nraw = 5\n', encoding="utf-8")
    ran = run(*files.arguments())
    assert ran.code == 3
    lines = ran.err.splitlines()
    assert len(lines) == 7
    assert all(line.startswith(f"{files.mapping}: ") for line in lines)


def test_no_place_for_a_store(run: Run, files: Files, tmp_path: Path) -> None:
    """A store that cannot be made or is something else is trouble with the store."""
    elsewhere = Files(files.log, files.mapping, tmp_path / "none" / "store.db")
    assert complains(run(*elsewhere.arguments("--quiet")), 4, str(elsewhere.store))
    folder = Files(files.log, files.mapping, tmp_path)
    assert complains(run(*folder.arguments("--quiet")), 4, str(tmp_path))
    junk = Files(files.log, files.mapping, tmp_path / "junk.db")
    junk.store.write_bytes(b"no database " * 1_000)
    assert complains(run(*junk.arguments("--quiet")), 4, str(junk.store))
    assert junk.store.read_bytes() == b"no database " * 1_000
