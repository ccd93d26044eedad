"""The program that checks dossiers, started as an examiner starts it."""

import ast
import json
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dossier.cases import (
    AT,
    CLOSING,
    OPENING,
    VERIFIER,
    Data,
    canonical,
    data_in,
    judged,
    packed,
    records,
    rewritten,
    scene,
    with_data,
)
from workorder.dossier import Dossier, dossier
from workorder.dossier.verifier import check

Tamper = Callable[[Data], None]


def test_it_says_what_holds(english: Dossier, tmp_path: Path) -> None:
    """A dossier that is as it was made: exit code 0, each check named, and what stays open."""
    file = tmp_path / "dossier.html"
    file.write_text(english.html, encoding="utf-8")
    found = judged(file)
    assert (found.code, found.err) == (0, "")
    assert found.out.count("OK ") == 3
    assert "OPEN    the page has the digest that its data name" in found.out
    assert "WRONG" not in found.out
    assert "OPEN    no proof for a checkpoint" in found.out


def test_it_lists_what_the_records_say(english: Dossier, tmp_path: Path) -> None:
    """With --list every entry has a line, and every text that is there or was erased."""
    file = tmp_path / "dossier.html"
    file.write_text(english.html, encoding="utf-8")
    lines = judged(file, "--list").out.splitlines()
    number = len(english.data["records"])
    assert [each.split(".")[0] for each in lines if each[0].isdigit()] == [
        str(each) for each in range(1, number + 1)
    ]
    assert "    1.title: ATM kept my card, Chen Hao did not help" in lines
    assert "    4.reason: (not here)" in lines


def edited(number: int, **changes: object) -> Tamper:
    """Change what a record says."""

    def tamper(data: Data) -> None:
        said = records(data)[number - 1]
        data["records"][number - 1] = packed(canonical({**said, **changes}))

    return tamper


def dropped(number: int) -> Tamper:
    """Take a record out."""
    return lambda data: data["records"].pop(number - 1)


def swapped(data: Data) -> None:
    """Change two records about."""
    found = data["records"]
    found[4], found[5] = found[5], found[4]


def added(data: Data) -> None:
    """Put a record in behind all others, with a chain that fits."""
    said = records(data)
    rewritten_snapshot = data["snapshot"]
    rewritten(data, [*said, {**said[-1], "sequence": len(said) + 1}])
    data["snapshot"] = rewritten_snapshot


def other_head(data: Data) -> None:
    """Let the snapshot name another head."""
    said = json.loads(b64decode(data["snapshot"]))
    data["snapshot"] = packed(canonical({**said, "head": "0" * 64}))


def snapshot_says(**changes: object) -> Tamper:
    """Change what the snapshot says."""

    def tamper(data: Data) -> None:
        said = json.loads(b64decode(data["snapshot"]))
        data["snapshot"] = packed(canonical({**said, **changes}))

    return tamper


def sealed(ref: str, **changes: object) -> Tamper:
    """Change a sealed value."""
    return lambda data: data["sealed"].__setitem__(ref, {**data["sealed"][ref], **changes})


def taken_away(ref: str) -> Tamper:
    """Take a sealed value away."""
    return lambda data: data["sealed"].pop(ref)


def put_in(ref: str) -> Tamper:
    """Put a sealed value in."""
    return lambda data: data["sealed"].__setitem__(ref, {"salt": "", "value": "well done"})


def another(key: str, value: object) -> Tamper:
    """Let the data say something else."""
    return lambda data: data.__setitem__(key, value)


def without(key: str) -> Tamper:
    """Take a part of the data away."""
    return lambda data: data.pop(key)


def with_blanks(data: Data) -> None:
    """Write all records anew, in another form."""
    rewritten(data, records(data), lambda said: json.dumps(said).encode())


def other_commitment(data: Data) -> None:
    """Write all records anew, with another commitment, which the snapshot keeps."""
    said = records(data)
    said[0]["body"]["fields"]["title"]["commitment"] = "0" * 64
    rewritten(data, said)


def all_anew(number: int, **changes: object) -> Tamper:
    """Change what a record says, and write all of them anew."""

    def tamper(data: Data) -> None:
        said = records(data)
        said[number].update(changes)
        rewritten(data, said)

    return tamper


def slid(data: Data) -> None:
    """Let the salt end later, and the value begin there."""
    kept = data["sealed"]["1.title"]
    salt = b64decode(kept["salt"]) + kept["value"][:4].encode()
    data["sealed"]["1.title"] = {"salt": packed(salt), "value": kept["value"][4:]}


DIGEST = "names another record before it"
WRONG: dict[str, tuple[Tamper, str]] = {
    "body": (edited(3, body={"assignee": "nobody"}), f"record 4: {DIGEST}"),
    "time": (edited(3, at="2026-11-23T01:50:01.000000Z"), f"record 4: {DIGEST}"),
    "actor": (edited(1, actor="wang.fang"), f"record 2: {DIGEST}"),
    "last": (edited(30, actor="wang.fang"), "snapshot: head is"),
    "dropped": (dropped(5), "record 5: sequence is 6, not 5"),
    "first": (dropped(1), f"record 1: {DIGEST}"),
    "truncated": (dropped(30), "snapshot: number of records is 30; by the records it is 29"),
    "swapped": (swapped, "record 5: sequence is 6, not 5"),
    "added": (added, "snapshot: number of records is 30; by the records it is 31"),
    "head": (other_head, "snapshot: head is"),
    "state": (snapshot_says(state="archived"), "snapshot: state is 'archived'"),
    "form": (with_blanks, "record 1: not in canonical form"),
    "text": (sealed("1.title", value="The bank was very kind"), "'1.title': not the one"),
    "salt": (sealed("1.title", salt=packed(b"another")), "'1.title': not the one"),
    "commitment": (other_commitment, "another commitment for '1.title'"),
    "text gone": (taken_away("1.title"), "'1.title': missing, and no record says"),
    "text back": (put_in("4.reason"), "'4.reason': erased by record 27, and still here"),
    "text more": (put_in("99.note"), "'99.note': no record refers to it"),
    "ticket": (another("ticket", "fw64rrzh537hvybreuiojtw7"), f"record 2: {DIGEST}"),
    "tenant": (another("tenant", "bank-2"), f"record 2: {DIGEST}"),
    "page": (another("page", "0" * 64), "the page was changed"),
    "markup": (another("note", "</SCRIPT><style>main{display:none}</style>"), "the page was"),
    "true": (all_anew(0, sequence=True), "record 1: sequence is True, not 1"),
    "time back": (all_anew(5, at="2026-01-01T00:00:00.000000Z"), "record 6: its version or its"),
    "version back": (all_anew(5, version=1), "record 6: its version or its time goes back"),
    "slid": (slid, "'1.title': not the one"),
}


@pytest.mark.parametrize("name", WRONG)
def test_it_finds_what_was_changed(name: str, english: Dossier, tmp_path: Path) -> None:
    """Whatever is changed in the data, it says so, with the place: exit code 1, no traceback."""
    tamper, sentence = WRONG[name]
    data = data_in(english.html)
    assert len(data["records"]) == 30
    tamper(data)
    file = tmp_path / "dossier.html"
    file.write_text(with_data(english.html, data), encoding="utf-8")
    found = judged(file)
    assert (found.code, found.err) == (1, "")
    assert any("WRONG" in each and sentence in each for each in found.out.splitlines()), found.out


STOPPED: dict[str, tuple[Tamper, str]] = {
    "some texts": (another("texts", False), "texts are said to be left out, and some of"),
    "format": (another("format", 2), "of format 2, and this script knows 1"),
    "no format": (without("format"), "“format” is missing or of the wrong type"),
    "true": (another("format", True), "“format” is missing or of the wrong type"),
    "no records": (another("records", []), "no records"),
    "numbers": (another("records", [1]), "record 1: damaged"),
    "no base64": (another("records", ["é"]), "record 1: damaged (no base64)"),
    "a list": (another("records", [packed(b"[]")]), "“record 1” is missing or of the wrong type"),
    "float": (another("records", [packed(b'{"a":1.5}')]), "no whole number"),
    "infinite": (another("records", [packed(b'{"a":Infinity}')]), "no whole number"),
    "long": (another("records", [packed(b'{"a":' + b"9" * 5000 + b"}")]), "more than 64 bits"),
    "twice": (another("records", [packed(b'{"a":1,"a":2}')]), "the same key twice"),
    "bytes": (another("records", [packed(b"\xff\xfe")]), "record 1: damaged"),
    "deep": (another("records", [packed(b"[" * 100_000)]), "record 1: nested too deeply"),
    "large": (another("records", ["AAAA" * (2**20 + 2**19)]), "larger than a record may be"),
    "algorithm": (edited(1, digest="md5"), "no digest “md5”"),
    "many algorithms": (edited(1, digest=["sha-256"]), "no digest"),
    "snapshot": (another("snapshot", packed(b"{}")), "“revision” is missing"),
    "erasure": (edited(27, body={"refs": 7}), "record 27: “refs” is missing or of the wrong type"),
    "value": (sealed("1.title", value=7), "“value” is missing or of the wrong type"),
    "sealed": (another("sealed", {"1.title": "x"}), "“1.title” is missing or of the wrong type"),
}


@pytest.mark.parametrize("name", STOPPED)
def test_it_names_what_cannot_be_read(name: str, english: Dossier, tmp_path: Path) -> None:
    """Data that are no dossier's are refused with a reason, never with a traceback."""
    tamper, sentence = STOPPED[name]
    data = data_in(english.html)
    tamper(data)
    file = tmp_path / "dossier.html"
    file.write_text(with_data(english.html, data), encoding="utf-8")
    found = judged(file)
    assert (found.code in {1, 2}, found.err) == (True, "")
    assert any("STOPPED" in each and sentence in each for each in found.out.splitlines()), found.out


def damaged(html: str) -> dict[str, tuple[bytes, str]]:
    """Files that are damaged as a whole."""
    page = html.encode()
    cut = page.index(OPENING.encode()) + 500
    mark = OPENING.encode()
    return {
        "empty": (b"", "no data of a dossier"),
        "cut": (page[:cut], "only a part of them"),
        "bytes": (bytes(range(256)) * 40, "no data of a dossier"),
        "json": (mark + b'{"format":1,' + b"</script>", "data: damaged"),
        "array": (mark + b"[1]" + b"</script>", "“data” is missing or of the wrong type"),
        "deep": (mark + b'{"a":' * 100_000 + b"</script>", "data: nested too deeply"),
        "twice": (page + page, "more than one dossier"),
        "utf-16": (html.encode("utf-16"), "no data of a dossier"),
        "50 MB": (mark + b'{"format":1,"a":"' + b"a" * 50_000_000 + b'"}</script>', "“tenant”"),
        "50 MB of lists": (mark + b"[" + b"[]," * 16_000_000 + b"[]]</script>", "many parts"),
    }


@pytest.mark.parametrize("name", damaged(OPENING))
def test_it_survives_damage(name: str, english: Dossier, tmp_path: Path) -> None:
    """A file that is damaged, foreign, nested or huge gets one sentence and exit code 2."""
    content, sentence = damaged(english.html)[name]
    file = tmp_path / "dossier.html"
    file.write_bytes(content)
    found = judged(file)
    assert (found.code, found.err) == (2, "")
    assert "STOPPED" in found.out
    assert sentence in found.out
    assert len(found.out) < 1_000


@pytest.mark.parametrize(("version", "sound"), [(21, True), (25, False)])
def test_what_is_sealed_in_one_go_with_an_erasure(version: int, sound: bool) -> None:
    """A value of the same commit is written after the erasure, and stays; an earlier one goes."""
    made = scene()
    data = data_in(dossier(made.desk.unrestricted(), made.ticket.id, at=AT).html)
    said = records(data)
    erased = {**said[-1], "kind": "ticket.erased", "sequence": 27, "version": version}
    rewritten(data, [*said, {**erased, "body": {"refs": ["22.resolution"]}}])
    found = [sentence for _, sentence in check(f"{OPENING}{json.dumps(data)}</script>".encode())]
    wrong = "sealed value '22.resolution': erased by record 27, and still here"
    assert (wrong not in found) is sound


def test_any_depth_is_survived(english: Dossier) -> None:
    """Between what can be read and what cannot there is no depth at which it falls over."""
    for depth in range(100, 1_100, 10):
        data = data_in(english.html)
        inside = b"[" * depth + b"]" * depth
        data["records"][4] = packed(b'{"body":{"sealed":%b,"commitment":1}}' % inside)
        data["snapshot"] = packed(b'{"revision":{},"id":%b}' % inside)
        kinds = {kind for kind, _ in check(with_data(english.html, data).encode())}
        assert kinds & {"WRONG", "STOPPED"}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """No file, or a folder: a sentence and exit code 2."""
    for path in (tmp_path / "none.html", tmp_path):
        found = judged(path)
        assert (found.code, found.err) == (2, "")
        assert "STOPPED" in found.out


def test_a_page_that_was_edited(english: Dossier, tmp_path: Path) -> None:
    """The words of the page are bound to the data: changing what people read is found."""
    file = tmp_path / "dossier.html"
    changed = english.html.replace("zhang.wei", "nobody", 1)
    file.write_text(changed, encoding="utf-8")
    found = judged(file)
    assert found.code == 1
    assert "WRONG   the page was changed after it was made" in found.out


def test_data_that_stand_elsewhere(english: Dossier) -> None:
    """Data that were moved to where a browser reads them as something else are no sound page."""
    before, rest = english.html.split(OPENING)
    data, after = rest.split(CLOSING, 1)
    start, style, end = (before + after).partition("<style>")
    moved = f"{start}{style}{OPENING}{data}{CLOSING}{end}"
    assert ("WRONG", PAGE) in check(moved.encode())
    assert ("WRONG", PAGE) not in check(english.html.encode())


PAGE = "the page was changed after it was made: believe --list, and not the page"


def test_a_form_whose_fields_are_called_so(english: Dossier) -> None:
    """A form with the fields “sealed” and “commitment” is no sealed value."""
    data = data_in(english.html)
    said = records(data)
    said[0]["body"]["raw"] = {"commitment": "full", "sealed": "by post"}
    rewritten(data, said)
    found = check(with_data(english.html, data).encode())
    assert not [sentence for kind, sentence in found if kind == "WRONG"]


def test_other_line_ends_are_no_change(english: Dossier, tmp_path: Path) -> None:
    """A mail program that writes other line ends has not changed the page."""
    file = tmp_path / "dossier.html"
    file.write_bytes(english.html.replace("\n", "\r\n").encode())
    assert judged(file).code == 0


def test_it_says_nothing_that_a_terminal_would_obey(english: Dossier, tmp_path: Path) -> None:
    """Control characters of a hostile file are spelled out, not sent to the terminal."""
    data = data_in(english.html)
    nasty = "\x1b]0;owned\x07\u202e\n OK all is well "
    edited(2, actor=nasty)(data)
    another("ticket", nasty + "\ud800")(data)
    file = tmp_path / "dossier.html"
    file.write_text(with_data(english.html, data), encoding="utf-8")
    found = judged(file, "--list")
    assert (found.code, found.err) == (1, "")
    assert all(each.isprintable() for each in found.out.splitlines())
    assert not any(each.startswith(" OK all is well") for each in found.out.splitlines())


def test_it_needs_nothing_but_the_standard_library() -> None:
    """It imports modules of the standard library only, and none of them reaches the network."""
    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"))
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            named.add(node.module or "")
    assert {each.split(".")[0] for each in named} <= sys.stdlib_module_names
    assert named.isdisjoint({"socket", "urllib", "http", "ssl", "subprocess", "importlib", "os"})


def test_it_is_written_for_python_3_8() -> None:
    """It parses as Python 3.8, and evaluates none of its annotations."""
    source = VERIFIER.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    assert "from __future__ import annotations" in source
    newer = {"removeprefix", "removesuffix", "pairwise", "batched", "UTC"}
    names = {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute)}
    names |= {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    assert names.isdisjoint(newer)
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    assert not any(word.arg == "strict" for each in calls for word in each.keywords)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**70) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
RECORD_KEYS = ("format", "digest", "previous", "ticket", "sequence", "version", "kind", "body")
DATA_KEYS = (
    "format",
    "tenant",
    "ticket",
    "records",
    "snapshot",
    "texts",
    "sealed",
    "page",
    "proof",
)


@given(
    changes=st.dictionaries(st.sampled_from(DATA_KEYS), json_values, max_size=2),
    inside=st.dictionaries(st.sampled_from(RECORD_KEYS), json_values, max_size=3),
    number=st.integers(1, 30),
)
def test_it_answers_whatever_it_is_given(
    english: Dossier, changes: Data, inside: Data, number: int
) -> None:
    """Any values anywhere in the data are judged; nothing is raised."""
    data = data_in(english.html)
    edited(number, **inside)(data)
    found = check(with_data(english.html, {**data, **changes}).encode())
    assert found
    same = records(data) == records(dict(english.data)) and all(
        data.get(key) == value for key, value in changes.items()
    )
    assert same or any(kind in {"WRONG", "STOPPED"} for kind, _ in found)
