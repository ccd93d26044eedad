"""Any bytes at all in the place of a record or a snapshot: a report, never an exception."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage.verifying.vaults import AT, MemoryVault, SQLiteVault, Vault
from workorder.errors import StoreError
from workorder.storage import take_checkpoint
from workorder.storage.verifying import SENTENCES, verify_store, verify_ticket

DEEP = b'{"body":' * 100_000


def changed(data: bytes, **keys: Any) -> bytes:
    """The record with other keys, written canonically as far as JSON goes."""
    said = json.loads(data) | keys
    said = {key: value for key, value in said.items() if value is not ...}
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


BYTES: list[tuple[Any, str]] = [
    (b"", "record_not_json"),
    (b"\xff\xfe", "record_not_json"),
    (b"null", "record_not_json"),
    (b"[]", "record_not_json"),
    (b'{"format":1', "record_not_json"),
    (b'{"format":1.5}', "record_not_json"),
    (b'{"format":NaN}', "record_not_json"),
    (b'{"format":' + b"9" * 5_000 + b"}", "record_not_json"),
    (DEEP, "record_too_deep"),
    (b'{"a":"' + b"x" * 2**22 + b'"}', "record_too_large"),
    (b"{}", "unknown_format"),
    (b'{"format":2}', "unknown_format"),
    (b'{"format":1}', "key_missing"),
]


@pytest.mark.parametrize(("data", "code"), BYTES, ids=range(len(BYTES)))
def test_what_is_no_record(data: bytes, code: str, vault: Vault) -> None:
    """Each kind of bytes has its code, is told of this record, and hides no other damage."""
    with vault.editing("T1") as rows:
        rows[2].data = data
    report = verify_store(vault.store)
    assert (report.damages[0].code, report.damages[0].sequence) == (code, 3) or (
        # A file keeps what is too large from being read at all.
        code == "record_too_large" and report.damages[0].code == "record_unreadable"
    )
    with vault.editing("T1") as rows:
        rows[4].say(actor="wu")
    assert verify_store(vault.store).codes["record_altered"] == 1


KEYS: list[tuple[dict[str, Any], str]] = [
    ({"actor": ...}, "key_missing"),
    ({"sequence": ...}, "key_missing"),
    ({"actor": 1}, "key_wrong"),
    ({"sequence": "3"}, "key_wrong"),
    ({"sequence": True}, "key_wrong"),
    ({"sequence": 0}, "key_wrong"),
    ({"version": -1}, "key_wrong"),
    ({"schema": None}, "key_wrong"),
    ({"at": "yesterday"}, "key_wrong"),
    ({"at": "2026-02-30T08:30:00.000000Z"}, "key_wrong"),
    ({"at": "2026-03-02T09:30:00.000000 "}, "key_wrong"),
    ({"previous": 7}, "key_wrong"),
    ({"body": []}, "key_wrong"),
    ({"resolved": 1}, "key_wrong"),
    ({"resolved": False}, "key_wrong"),
    ({"category": "odd"}, "key_wrong"),
    ({"previous": ""}, "key_wrong"),
    ({"recorded": "yesterday"}, "key_wrong"),
    ({"colour": "red"}, "key_unexpected"),
    ({"body": {"a": json.loads("[" * 63 + "]" * 63)}}, "record_too_deep"),
    ({"format": True}, "key_wrong"),
    ({"format": 2}, "unknown_format"),
    ({"digest": "md5"}, "unknown_algorithm"),
]


@pytest.mark.parametrize(("keys", "code"), KEYS, ids=[str(each[0]) for each in KEYS])
def test_headers(keys: dict[str, Any], code: str, vault: Vault) -> None:
    """A key that is missing or holds something else is told, of the record it is missing in."""
    with vault.editing("T1") as rows:
        rows[2].data = changed(rows[2].data, **keys)
    found = [(each.code, each.sequence) for each in verify_store(vault.store).damages]
    assert (code, 3) in found


@pytest.mark.parametrize(
    "twist",
    [
        lambda data: data.replace(b'"actor":', b' "actor":'),
        lambda data: data.replace(b'"actor":', b'"actor":"x","actor":'),
        lambda data: data.replace(b'"action"', b'"\\u0061ction"'),
        lambda data: data + b"\n",
        lambda data: b" " + data,
        lambda data: changed(data, body={"note": "e\u0301"}),
        lambda data: data.replace(b'"schema":1', b'"schema":-0') and data + b" ",
        lambda data: b'{"version":' + data[1:-1].rpartition(b',"version":')[2] + b","
        + data[1:-1].rpartition(b',"version":')[0] + b"}",
    ],
)  # fmt: skip
def test_other_forms(twist: Any, vault: Vault) -> None:
    """Blanks, doubled and disordered keys, needless escapes, text out of form C: not canonical."""
    with vault.editing("T1") as rows:
        data = twist(rows[2].data)
        assert data != rows[2].data
        rows[2].data = data
    assert ("not_canonical", 3) in [
        (each.code, each.sequence) for each in verify_store(vault.store).damages
    ]


def test_chinese_is_canonical(vault: Vault) -> None:
    """Text beyond ASCII is as good as any."""
    with vault.editing("T1") as rows:
        for row in rows:
            row.say(actor="李雷 💳")
        head = vault.rechain("T1", rows)
    with vault.restating("T1") as said:
        said["head"] = head
    assert verify_ticket(vault.store, vault.ids["T1"]).sound


junk = st.one_of(
    st.binary(max_size=60),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode()),
)
values = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just({"sealed": "1.x"})
)
header_keys = st.sampled_from(
    ["format", "digest", "previous", "ticket", "sequence", "version", "kind", "schema", "at",
     "recorded", "actor", "department", "rank", "role", "action", "from", "to", "category",
     "resolved", "command", "rulebook", "body"]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(junk, st.dictionaries(header_keys, values, max_size=3), st.sampled_from([0, 2, 5]))
def test_nothing_raises(data: bytes, keys: dict[str, Any], place: int) -> None:
    """Junk for a record, for keys of its header, and for the snapshot: always a report, always
    unsound, and its sentences can be told.
    """
    vault = MemoryVault()
    with vault.editing("T1") as rows:
        if data:
            rows[place].data = data
    with vault.editing("T2") as rows:
        rows[place].data = json.dumps(rows[place].said() | keys | {"extra": 1}).encode()
    vault.put_snapshot(vault.ids["T3"], data)
    report = verify_store(vault.store, replay=True)
    hurt = {each.ticket for each in report.damages}
    assert {vault.ids["T2"], vault.ids["T3"]} <= hurt
    assert report.codes.keys() <= SENTENCES.keys()
    assert report.text() != report.text("zh-CN")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("data", "text instead of bytes", "record_unreadable"),
        ("data", 7, "record_unreadable"),
        ("sequence", "third", "filed_elsewhere"),
        ("version", "third", "filed_elsewhere"),
    ],
)
def test_columns_that_hold_something_else(
    column: str, value: object, code: str, file: SQLiteVault
) -> None:
    """SQLite lets any column hold anything; what is no record is one that cannot be read."""
    file.sql(f"UPDATE workorder_records SET {column} = ? WHERE position = 7", value)
    assert code in verify_store(file.store).codes
    assert not verify_ticket(file.store, file.ids["T1"]).sound


@pytest.mark.parametrize("value", [b"\xff\xfe", b"{}", 7, "[]", '{"revision":7}'])
def test_snapshots_that_hold_something_else(value: object, file: SQLiteVault) -> None:
    """So with snapshots: the ticket is hurt, the others are not."""
    file.sql("UPDATE workorder_tickets SET snapshot = ? WHERE number = 1", value)
    report = verify_store(file.store)
    assert report.codes == {"snapshot_unreadable": 1}
    (damage,) = verify_ticket(file.store, file.ids["T1"]).damages
    assert damage.code in {"snapshot_unreadable", "store_unreadable"}


def test_text_that_is_no_utf_8(file: SQLiteVault) -> None:
    """A text column with broken UTF-8 hurts its ticket only."""
    file.sql("UPDATE workorder_tickets SET snapshot = CAST(x'FFFE' AS TEXT) WHERE number = 1")
    assert verify_store(file.store).codes == {"snapshot_unreadable": 1}
    assert verify_ticket(file.store, file.ids["T1"]).codes == {"snapshot_unreadable": 1}


def test_a_log_that_cannot_be_digested(vault: Vault) -> None:
    """No checkpoint is made of a record that names no algorithm; against one that was made before,
    it is told where the record stands.
    """
    made = take_checkpoint(vault.store, AT)
    with vault.editing("T1") as rows:
        position = rows[2].position
        rows[2].data = b"gone"
    with pytest.raises(StoreError) as refused:
        take_checkpoint(vault.store, AT)
    assert refused.value.code == "unreadable_record"
    assert refused.value.facts["sequence"] == 3
    report = verify_store(vault.store, against=made)
    assert report.codes["log_unreadable"] == report.codes["checkpoint_differs"] == 1
    (damage,) = [each for each in report.damages if each.code == "log_unreadable"]
    assert damage.facts == {"position": position}


def test_a_file_whose_pages_are_broken(file: SQLiteVault) -> None:
    """Noise over the middle of the file is damage, however far it can be read."""
    file.file.close()
    file.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(file.path.read_bytes())
    for page in range(12, len(data) // 4096 - 1):
        data[page * 4096 : page * 4096 + 1024] = b"\xa5" * 1024
    file.path.write_bytes(data)
    report = verify_store(file.store)
    assert not report.sound
    assert {"store_unreadable", "file_damaged"} & report.codes.keys()
