"""Whatever is wrong with a line of an export is said with file, line and ticket, and brings in
nothing that stands behind it.
"""

import json
import re
from base64 import b64encode
from typing import Any

import pytest

from tests.desk.people import LI, open_one
from tests.exchange.transfers import Lines, changed, desk_on, exported, loaded, log_of, signed
from workorder.errors import InvalidInput, SourceError
from workorder.exchange.transfer import exporting, loading, telling
from workorder.storage import Batch, MemoryStore, Message
from workorder.ticket import Comment


def sound() -> Lines:
    """An export of nine lines: the head, five records of two tickets, a check behind the third of
    them, a message, the end.
    """
    store = MemoryStore()
    desk = desk_on(store)
    first = open_one(desk, "one")
    open_one(desk, "two")
    desk.perform(first.id, Comment("again"), actor=LI, command_id="three")
    desk.perform(first.id, Comment("and again"), actor=LI, command_id="four")
    desk.perform(first.id, Comment("once more"), actor=LI, command_id="five")
    store.commit(Batch((), (Message(first.id, "topic", b"{}"),)))
    lines = exported(store)
    return signed([*lines[:4], b'{"line":"check","digest":""}\n', *lines[4:]])


LINES = sound()
TICKET = json.loads(LINES[1])["ticket"]


def with_record(number: int, **keys: object) -> Lines:
    """The export with *keys* in the record of a line changed, and its other lines as they were."""
    said = json.loads(json.loads(LINES[number - 1])["data"])
    data = json.dumps({**said, **keys}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return changed(LINES, number, data=data)


def with_value(value: str) -> Lines:
    """The export with another text in the place of a sealed one."""
    sealed = json.loads(LINES[3])["sealed"]
    ((ref, (salt, _)),) = sealed.items()
    return changed(LINES, 4, sealed={ref: [salt, value]})


def with_bytes(number: int, old: bytes, new: bytes) -> Lines:
    """The export with some bytes of a line replaced."""
    assert old in LINES[number - 1]
    return [*LINES[: number - 1], LINES[number - 1].replace(old, new, 1), *LINES[number:]]


def deep(depth: int) -> bytes:
    """A line that is nested."""
    return b"[" * depth + b"]" * depth + b"\n"


def inserted(number: int, *more: bytes) -> Lines:
    """The export with lines put in before line *number*."""
    return [*LINES[: number - 1], *more, *LINES[number - 1 :]]


def swapped(one: int, other: int) -> Lines:
    """The export with two lines in each other's place."""
    made = list(LINES)
    made[one - 1], made[other - 1] = made[other - 1], made[one - 1]
    return made


NOT_AN_EXPORT: dict[str, Lines] = {
    "nothing": [],
    "no_json": [b"number,state\n", *LINES[1:]],
    "no_head": LINES[1:],
    "other_export": changed(LINES, 1, export="desk"),
    "no_format": changed(LINES, 1, format=...),
    "no_tenant": changed(LINES, 1, tenant=...),
    "no_holds": changed(LINES, 1, holds="sealed"),
    "no_unicode": [b"\xff\xfe{\n"],
}

WRONG_LINES: dict[str, tuple[int, Lines]] = {
    "no_json": (3, inserted(3, b"{'line': 'record'}\n")),
    "empty": (3, inserted(3, b"\n")),
    "no_object": (3, inserted(3, b"[]\n")),
    "deep": (3, inserted(3, deep(200_000))),
    "unknown": (3, inserted(3, b'{"line":"note"}\n')),
    "no_kind": (3, changed(LINES, 3, line=...)),
    "second_head": (3, inserted(3, LINES[0])),
    "head_of_another_format": (3, inserted(3, changed(LINES, 1, format=2)[0])),
    "no_ticket": (3, changed(LINES, 3, ticket=...)),
    "no_data": (3, changed(LINES, 3, data=...)),
    "data_no_text": (3, changed(LINES, 3, data={})),
    "half_a_character": (3, with_bytes(3, b'"data":"', rb'"data":"\ud800')),
    "sequence_no_number": (3, changed(LINES, 3, sequence="1")),
    "sequence_below": (3, changed(LINES, 3, sequence=-1)),
    "sequence_true": (3, changed(LINES, 3, sequence=True)),
    "version_beyond": (3, changed(LINES, 3, version=2**63)),
    "sealed_no_object": (4, changed(LINES, 4, sealed=[])),
    "sealed_no_pair": (4, changed(LINES, 4, sealed={"2.text": "x"})),
    "salt_no_base64": (4, changed(LINES, 4, sealed={"2.text": ["?", "x"]})),
    "sealed_of_nothing": (4, signed(changed(LINES, 4, sealed={"9.text": ["", "x"]}))),
    "marks_no_list": (4, changed(LINES, 4, marks={})),
    "marks_no_pairs": (4, changed(LINES, 4, marks=["four"])),
    "snapshot_no_text": (4, changed(LINES, 4, snapshot=1)),
    "check_no_digest": (5, changed(LINES, 5, digest=...)),
    "a_change_that_does_not_end": (3, changed(LINES, 2, marks=...)),
    "none_before_the_check": (5, changed(LINES, 4, marks=...)),
    "none_before_the_message": (8, changed(LINES, 7, marks=...)),
    "a_record_behind_the_message": (8, swapped(7, 8)),
    "message_no_topic": (8, changed(LINES, 8, topic=...)),
    "message_no_base64": (8, changed(LINES, 8, base64="?")),
    "end_no_root": (9, changed(LINES, 9, root=...)),
    "end_no_number": (9, changed(LINES, 9, records="4")),
    "behind_the_end": (10, [*LINES, LINES[7]]),
    "sealed_though_the_head_says_none": (2, changed(LINES, 1, holds=["outbox"])),
}

WRONG: dict[str, tuple[str, int, Lines]] = {
    "no_record": ("bad_record", 3, changed(LINES, 3, data="no record")),
    "a_deep_record": ("bad_record", 3, changed(LINES, 3, data="[" * 200_000 + "]" * 200_000)),
    "a_record_of_a_list": ("bad_record", 3, changed(LINES, 3, data="[]")),
    "a_record_of_another_ticket": ("bad_record", 3, with_record(3, ticket="T9")),
    "a_record_without_digest": ("bad_record", 3, with_record(3, digest=None)),
    "a_digest_of_later": ("bad_record", 3, with_record(3, digest="sha-9")),
    "an_event_that_begins_nothing": ("bad_record", 3, with_record(3, kind="ticket.closed")),
    "an_instant_that_is_none": ("bad_record", 3, with_record(3, at="yesterday")),
    "the_ticket_of_the_line": ("bad_record", 3, changed(LINES, 3, ticket="T9")),
    "the_sequence_of_the_line": ("bad_record", 3, changed(LINES, 3, sequence=2)),
    "a_version_twice": ("bad_record", 4, changed(with_record(4, version=1), 4, version=1)),
    "a_changed_record": ("broken_chain", 4, with_record(2, actor="wu")),
    "a_first_one_with_one_before": ("broken_chain", 2, with_record(2, previous="00" * 32)),
    "one_left_out": ("out_of_order", 5, [*LINES[:3], *LINES[4:]]),
    "two_swapped": ("out_of_order", 6, swapped(6, 7)),
    "another_text": ("not_opened", 4, with_value("another")),
    "another_ticket": ("other_ticket", 3, changed(LINES, 3, snapshot="00" * 32)),
    "a_count": ("wrong_total", 9, changed(LINES, 9, records=6)),
    "a_root": ("wrong_total", 9, changed(LINES, 9, root="00" * 32)),
    "a_message_left_out": ("wrong_total", 8, [*LINES[:7], LINES[8]]),
    "a_sealed_value_left_out": ("wrong_total", 9, changed(LINES, 7, sealed=...)),
    "a_mark_left_out": ("wrong_total", 9, changed(LINES, 7, marks=[])),
    "the_last_record_left_out": ("wrong_total", 8, [*LINES[:6], *LINES[7:]]),
    "no_end": ("cut_short", 8, LINES[:8]),
    "half_an_end": ("cut_short", 9, [*LINES[:8], LINES[8][:40]]),
    "half_a_record": ("cut_short", 4, [*LINES[:3], LINES[3][:200]]),
    "the_head_alone": ("cut_short", 1, LINES[:1]),
}
"""All of them with digests that fit, so that it is this which is found."""


def refused(lines: Lines, store: MemoryStore | None = None, **options: Any) -> SourceError:
    """What loading *lines* says."""
    target = MemoryStore() if store is None else store
    with pytest.raises(SourceError) as raised:
        loaded(lines, target, **options)
    error = raised.value
    assert error.facts["file"] == "store.jsonl"
    for language in ("en", "zh-CN"):
        assert "?" not in error.text(language)
        assert "store.jsonl" in error.text(language)
    return error


def test_the_export_itself_is_sound() -> None:
    """What is spoilt below can be loaded, so that it is the fault which is refused."""
    assert len(LINES) == 9
    assert loaded(LINES, MemoryStore()).added == 5
    assert loaded([*LINES[:8], LINES[8].rstrip()], MemoryStore()).added == 5


@pytest.mark.parametrize("lines", NOT_AN_EXPORT.values(), ids=NOT_AN_EXPORT)
def test_no_export(lines: Lines) -> None:
    """A file that does not begin as an export does is called so."""
    assert refused(lines).code == "not_an_export"


def test_another_format() -> None:
    """An export of a later format is told from a broken one, whatever else its head says."""
    error = refused(changed(LINES, 1, format=2, tenant=...))
    assert error.code == "export_format"
    assert (error.facts["found"], error.facts["expected"]) == ("2", 1)


@pytest.mark.parametrize(("number", "lines"), WRONG_LINES.values(), ids=WRONG_LINES)
def test_a_wrong_line(number: int, lines: Lines) -> None:
    """A line that is no line of an export is named by its number, with what was expected."""
    error = refused(lines)
    assert (error.code, error.facts["line"]) == ("wrong_line", number)
    assert error.facts["expected"]


@pytest.mark.parametrize(("code", "number", "lines"), WRONG.values(), ids=WRONG)
def test_a_wrong_file(code: str, number: int, lines: Lines) -> None:
    """Lines that are wrong together, or with what they say of a ticket."""
    error = refused(signed(lines))
    assert (error.code, error.facts["line"]) == (code, number)
    if code not in {"wrong_total", "cut_short"}:
        assert {"ticket", "sequence"} <= error.facts.keys()


@pytest.mark.parametrize("number", range(1, 10))
@pytest.mark.parametrize("keeps", ["bytes", "changed", "left_out", "twice"])
def test_nothing_unchecked_is_written(number: int, keeps: str) -> None:
    """Whatever happens to a line between writing and reading: at most what stands before the last
    check that fits is brought in, all of it, and the sound file brings in the rest.
    """
    line = LINES[number - 1]
    spoilt = {
        "bytes": [line.replace(b'"', b'" ', 1)],
        "changed": [re.sub(rb"[0-9](?=[^0-9]*$)", lambda found: b"%d" % (9 - int(found[0])), line)],
        "left_out": [],
        "twice": [line, line],
    }[keeps]
    lines = [*LINES[: number - 1], *spoilt, *LINES[number:]]
    assert lines != LINES
    target, whole = MemoryStore(), MemoryStore()
    error = refused(lines, target)
    loaded(LINES, whole)
    brought = log_of(target)
    assert len(brought) == error.facts.get("added", 0)
    checked = 0 if number < 5 else 3 if number < 9 else 5
    assert brought == log_of(whole)[: min(len(brought), checked)]
    loaded(LINES, target)
    assert exported(target) == exported(whole)


def test_a_line_that_was_changed() -> None:
    """Where nothing else tells, the lines of the stretch are named."""
    error = refused(changed(LINES, 7, marks=[["five", "00"]]))
    assert (error.code, error.facts["first"], error.facts["line"]) == ("wrong_digest", 6, 9)


def test_a_text_that_is_not_what_was_sealed() -> None:
    """It is refused by name; on request it is left out, and told; a text that nobody can read is
    not shown.
    """
    error = refused(signed(with_value("secret 6222")))
    assert (error.facts["ticket"], error.facts["ref"]) == (TICKET, "2.text")
    assert "6222" not in str(error)
    target = MemoryStore()
    report = loaded(signed(with_value("other")), target, without=["unopened"])
    assert (report.unopened, report.unopened_count) == (((TICKET, "2.text"),), 1)
    assert target.reveal(TICKET, ["2.text"]) == {}
    assert report.as_data()["unopened"] == {
        "count": 1,
        "examples": [{"ticket": TICKET, "ref": "2.text"}],
    }


def test_what_is_found_is_not_shown() -> None:
    """A broken line may hold a sealed text: the error does not repeat it."""
    broken = LINES[1].replace(b'"line"', b'line"')
    error = refused([LINES[0], broken, *LINES[2:]])
    assert "卡片丢失" not in str(error)
    assert "卡片丢失" not in str(refused(changed(LINES, 2, sealed={"1.title": ["卡片丢失"]})))


def test_no_check_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that no check follows are refused before they fill the memory."""
    monkeypatch.setattr(telling, "STRETCH_LIMIT", sum(map(len, LINES[:5])))
    loaded(LINES, MemoryStore())
    monkeypatch.setattr(telling, "STRETCH_LIMIT", sum(map(len, LINES[:4])) - 1)
    error = refused(LINES)
    assert (error.code, error.facts["line"]) == ("wrong_line", 4)


def test_checks_come_regularly(monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many lines, or so many bytes, and always between two changes; a load of it is the
    same as of one without.
    """
    source = MemoryStore()
    loaded(LINES, source)
    for limit in ("STRETCH", "STRETCH_BYTES"):
        monkeypatch.setattr(exporting, limit, 1)
        lines = exported(source)
        monkeypatch.undo()
        kinds = [json.loads(line)["line"] for line in lines]
        assert kinds == ["head", *["record", "check"] * 5, "message", "check", "end"]
        target = MemoryStore()
        assert loaded(lines, target).added == 5
        assert exported(target) == exported(source)


def test_what_nobody_could_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line or a change beyond the limits of reading ends the export with an error."""
    source = MemoryStore()
    loaded(LINES, source)
    for limit in ("LINE_LIMIT", "STRETCH_LIMIT"):
        monkeypatch.setattr(exporting, limit, 500)
        with pytest.raises(InvalidInput) as refused:
            exported(source)
        monkeypatch.undo()
        assert refused.value.code == "too_large"


@pytest.mark.parametrize("limit", ["TOGETHER", "TOGETHER_BYTES"])
def test_small_commits(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few changes go together, the result is the same."""
    whole, target = MemoryStore(), MemoryStore()
    loaded(LINES, whole)
    monkeypatch.setattr(loading, limit, 1)
    assert loaded(LINES, target).added == 5
    assert exported(target) == exported(whole)


def test_bytes_in_a_message() -> None:
    """A message may hold any bytes; those that are no text come in base64."""
    data = b64encode(b"\xff").decode()
    target = MemoryStore()
    loaded(signed(changed(LINES, 8, data=..., base64=data)), target)
    assert [message.data for _, message in target.pending()] == [b"\xff"]
