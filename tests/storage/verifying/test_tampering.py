"""What somebody who may write to a store can do to it, and which of it is seen by what.

For every deed: what the chain of records says by itself, what the snapshot adds, and what only a
checkpoint that was kept elsewhere shows.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.storage.verifying.vaults import AT, EVENTS, SECRET, SQLiteVault, Vault
from workorder.storage import take_checkpoint
from workorder.storage.verifying import verify_store, verify_ticket

BY_SNAPSHOT = {
    "head_differs",
    "snapshot_events",
    "snapshot_version",
    "snapshot_id",
    "no_records",
    "no_snapshot",
}
BY_CHECKPOINT = {"checkpoint_short", "checkpoint_differs"}
BY_FILE = {"column_differs", "rows_orphaned"}

Deed = Callable[[Vault], Any]
Codes = dict[str, int]


def edit_body(vault: Vault) -> None:
    """Another product in the first record."""
    with vault.editing("T1") as rows:
        said = rows[0].said()["body"]
        rows[0].say(body=said | {"customer": "C-9"})


def edit_time(vault: Vault) -> None:
    """Record 3 happened a second later."""
    with vault.editing("T1") as rows:
        rows[2].say(at=rows[2].said()["at"].replace(":00.", ":01."))


def edit_time_backwards(vault: Vault) -> None:
    """Record 3 happened before record 2."""
    with vault.editing("T1") as rows:
        rows[2].say(at="2026-03-02T08:00:00.000000Z")


def edit_actor(vault: Vault) -> None:
    """Somebody else did record 3."""
    with vault.editing("T1") as rows:
        rows[2].say(actor="wu")


def edit_last(vault: Vault) -> None:
    """Somebody else did the last one."""
    with vault.editing("T1") as rows:
        rows[-1].say(actor="wu")


def edit_and_name(vault: Vault) -> None:
    """Record 3 is changed, and record 4 made to name it as it is now."""
    with vault.editing("T1") as rows:
        rows[2].say(actor="wu")
        rows[3].say(previous=vault.digest("T1", rows[2]))


def delete_first(vault: Vault) -> None:
    """The first record is gone."""
    with vault.editing("T1") as rows:
        del rows[0]


def delete_middle(vault: Vault) -> None:
    """The third is gone."""
    with vault.editing("T1") as rows:
        del rows[2]


def delete_and_renumber(vault: Vault) -> None:
    """The third is gone, and those behind it are moved up."""
    with vault.editing("T1") as rows:
        del rows[2]
        for number, row in enumerate(rows[2:], 3):
            row.sequence = number
            row.say(sequence=number)


def delete_last(vault: Vault) -> None:
    """The last is gone."""
    with vault.editing("T1") as rows:
        del rows[-1]


def truncate(vault: Vault) -> None:
    """The last three are gone."""
    with vault.editing("T1") as rows:
        del rows[-3:]


def truncate_with_snapshot(vault: Vault) -> None:
    """The last one is gone, and the snapshot says so."""
    with vault.editing("T1") as rows:
        del rows[-1]
        head = vault.digest("T1", rows[-1])
        last = rows[-1].version
    with vault.restating("T1") as said:
        said["head"] = head
        said["revision"] = {"events": EVENTS - 1, "version": last}


def insert(vault: Vault) -> None:
    """A copy of the third stands behind it, those behind it are moved down."""
    with vault.editing("T1") as rows:
        copy = rows[2]
        rows.insert(3, type(copy)(None, 0, copy.version, copy.data))
        for number, row in enumerate(rows, 1):
            row.sequence = number
            if number > 3:
                row.say(sequence=number)


def append(vault: Vault) -> None:
    """One more, well behind the last, which the ticket knows nothing of."""
    with vault.editing("T1") as rows:
        last = rows[-1]
        added = type(last)(None, last.sequence + 1, last.version, last.data)
        added.say(sequence=last.sequence + 1, previous=vault.digest("T1", last))
        rows.append(added)


def swap(vault: Vault) -> None:
    """What records 3 and 4 say changes places."""
    with vault.editing("T1") as rows:
        rows[2].data, rows[3].data = rows[3].data, rows[2].data


def rewrite_tail(vault: Vault) -> None:
    """From record 3 on everything is written anew, with all digests."""
    with vault.editing("T1") as rows:
        rows[2].say(actor="wu")
        vault.rechain("T1", rows, 2)


def rewrite_tail_and_head(vault: Vault) -> None:
    """The same, and the snapshot names the new head."""
    with vault.editing("T1") as rows:
        rows[2].say(actor="wu")
        head = vault.rechain("T1", rows, 2)
    with vault.restating("T1") as said:
        said["head"] = head


def rewrite_ticket(vault: Vault) -> None:
    """Every record by somebody else, with all digests and the head."""
    with vault.editing("T1") as rows:
        for row in rows:
            row.say(actor="wu")
        head = vault.rechain("T1", rows)
    with vault.restating("T1") as said:
        said["head"] = head


def move(vault: Vault) -> None:
    """The last record of T1 becomes the last of T2."""
    with vault.editing("T1") as rows:
        moved = rows.pop()
    with vault.editing("T2") as rows:
        moved.sequence = EVENTS + 1
        rows.append(moved)


def copy_chain(vault: Vault) -> None:
    """T1's records and snapshot stand under T2's id."""
    with vault.editing("T1") as rows:
        copies = [each.data for each in rows]
    with vault.editing("T2") as rows:
        for row, data in zip(rows, copies, strict=True):
            row.data = data
    vault.put_snapshot(vault.ids["T2"], vault.snapshot(vault.ids["T1"]))


def reorder_log(vault: Vault) -> None:
    """A record of T1 and one of T2 change places in the log."""
    vault.swap_in_log(4, 5)


def unknown_algorithm(vault: Vault) -> None:
    """Record 3 says that it is digested by MD5."""
    with vault.editing("T1") as rows:
        rows[2].say(digest="md5")


def other_form(vault: Vault) -> None:
    """Record 3 says the same with blanks."""
    with vault.editing("T1") as rows:
        rows[2].data = rows[2].data.replace(b',"', b', "')


def forget_previous(vault: Vault) -> None:
    """Record 3 names none before it."""
    with vault.editing("T1") as rows:
        rows[2].say(previous=...)


def invent_previous(vault: Vault) -> None:
    """The first record names one before it."""
    with vault.editing("T1") as rows:
        rows[0].say(previous="ab" * 32)


def lower_version(vault: Vault) -> None:
    """Record 4 is of an earlier version, in what it says and how it is filed."""
    with vault.editing("T1") as rows:
        rows[3].version = 1
        rows[3].say(version=1)


def refile(vault: Vault) -> None:
    """Record 4 is filed under another version than it says."""
    with vault.editing("T1") as rows:
        rows[3].version = 9


def drop_ticket(vault: Vault) -> None:
    """T1 is gone, with everything that belonged to it."""
    vault.drop("T1")


def edit_head(vault: Vault) -> None:
    """The snapshot names another head."""
    with vault.restating("T1") as said:
        said["head"] = "ab" * 32


def edit_count(vault: Vault) -> None:
    """The snapshot counts another number of events, and another version."""
    with vault.restating("T1") as said:
        said["revision"] = {"events": 2, "version": 2}


def edit_id(vault: Vault) -> None:
    """The snapshot says another id."""
    with vault.restating("T1") as said:
        said["id"] = "T9"


def drop_records(vault: Vault) -> None:
    """All records of T1 are gone."""
    vault.put_rows(vault.ids["T1"], [])


DEEDS: list[tuple[Deed, Codes, Codes, str]] = [
    # deed, by the chain alone, by the snapshot, by the checkpoint
    (edit_body, {"record_altered": 1}, {}, "checkpoint_differs"),
    (edit_time, {"record_altered": 1}, {}, "checkpoint_differs"),
    (edit_time_backwards, {"record_altered": 1, "time_back": 1}, {}, "checkpoint_differs"),
    (edit_actor, {"record_altered": 1}, {}, "checkpoint_differs"),
    (edit_last, {}, {"head_differs": 1}, "checkpoint_differs"),
    (edit_and_name, {"record_altered": 1}, {}, "checkpoint_differs"),
    (delete_first, {"sequence_gap": 1}, {"snapshot_events": 1}, "checkpoint_short"),
    (delete_middle, {"sequence_gap": 1}, {"snapshot_events": 1}, "checkpoint_short"),
    (
        delete_and_renumber,
        {"record_altered": 3},
        {"snapshot_events": 1, "head_differs": 1},
        "checkpoint_short",
    ),
    (
        delete_last,
        {},
        {"snapshot_events": 1, "snapshot_version": 1, "head_differs": 1},
        "checkpoint_short",
    ),
    (
        truncate,
        {},
        {"snapshot_events": 1, "snapshot_version": 1, "head_differs": 1},
        "checkpoint_short",
    ),
    (truncate_with_snapshot, {}, {}, "checkpoint_short"),
    (
        insert,
        {"record_altered": 4},
        {"snapshot_events": 1, "head_differs": 1},
        "checkpoint_differs",
    ),
    (append, {}, {"snapshot_events": 1, "head_differs": 1}, ""),
    (
        swap,
        {
            "filed_elsewhere": 4,
            "sequence_gap": 2,
            "sequence_repeated": 1,
            "version_back": 1,
            "time_back": 1,
            "record_altered": 1,
        },
        {},
        "checkpoint_differs",
    ),
    (rewrite_tail, {}, {"head_differs": 1}, "checkpoint_differs"),
    (rewrite_tail_and_head, {}, {}, "checkpoint_differs"),
    (rewrite_ticket, {}, {}, "checkpoint_differs"),
    (
        move,
        {
            "other_ticket": 1,
            "filed_elsewhere": 1,
            "sequence_repeated": 1,
            "time_back": 1,
            "record_altered": 1,
        },
        {"snapshot_events": 2, "snapshot_version": 1, "head_differs": 2},
        "checkpoint_differs",
    ),
    (
        copy_chain,
        {"other_ticket": EVENTS, "record_altered": EVENTS - 1},
        {"snapshot_id": 1, "head_differs": 1},
        "checkpoint_differs",
    ),
    (reorder_log, {}, {}, "checkpoint_differs"),
    (unknown_algorithm, {"unknown_algorithm": 1}, {}, "checkpoint_differs"),
    (other_form, {"not_canonical": 1, "record_altered": 1}, {}, "checkpoint_differs"),
    (forget_previous, {"previous_missing": 1, "record_altered": 1}, {}, "checkpoint_differs"),
    (invent_previous, {"previous_unexpected": 1, "record_altered": 1}, {}, "checkpoint_differs"),
    (lower_version, {"version_back": 1, "record_altered": 1}, {}, "checkpoint_differs"),
    (refile, {"filed_elsewhere": 1}, {}, ""),
    (drop_ticket, {}, {}, "checkpoint_short"),
    (edit_head, {}, {"head_differs": 1}, ""),
    (edit_count, {}, {"snapshot_events": 1, "snapshot_version": 1}, ""),
    (edit_id, {}, {"snapshot_id": 1}, ""),
    (drop_records, {}, {"no_records": 1}, "checkpoint_short"),
]


def among(codes: Any, names: set[str]) -> Codes:
    """Those of *codes* that are among *names*."""
    return {code: number for code, number in codes.items() if code in names}


def test_nothing_done(vault: Vault) -> None:
    """A store that nobody touched is sound in every respect, replay and checkpoint included."""
    made = take_checkpoint(vault.store, AT)
    report = verify_store(vault.store, against=made, replay=True)
    assert report.sound
    assert (report.tickets, report.records, report.codes) == (3, 3 * EVENTS, {})
    assert report.compared is not None
    assert report.compared.equal
    assert made.size == made.position == 3 * EVENTS


@pytest.mark.parametrize(
    ("deed", "chain", "snapshot", "checkpoint"), DEEDS, ids=[each[0].__name__ for each in DEEDS]
)
def test_what_is_seen(
    deed: Deed, chain: Codes, snapshot: Codes, checkpoint: str, vault: Vault
) -> None:
    """Each deed is seen by what the documentation says, and by nothing else."""
    made = take_checkpoint(vault.store, AT)
    deed(vault)
    codes = verify_store(vault.store, against=made).codes
    assert among(codes, BY_SNAPSHOT) == snapshot
    # A record whose digest cannot be taken has no place in the log's tree either.
    tree = {"log_unreadable": 1} if deed is unknown_algorithm else {}
    others = set(codes) - BY_SNAPSHOT - BY_CHECKPOINT - BY_FILE
    assert among(codes, others) == chain | tree
    assert among(codes, BY_CHECKPOINT) == ({checkpoint: 1} if checkpoint else {})


def test_records_are_named(vault: Vault) -> None:
    """The one record that was altered is the one that is named; other tickets are not touched."""
    edit_actor(vault)
    (damage,) = verify_store(vault.store).damages
    assert (damage.ticket, damage.sequence) == (vault.ids["T1"], 3)
    assert damage.facts == {"next": 4}
    (again,) = verify_ticket(vault.store, vault.ids["T1"]).damages
    assert again == damage
    assert verify_ticket(vault.store, vault.ids["T2"]).sound


@pytest.mark.parametrize("deed", [each[0] for each in DEEDS])
def test_nothing_of_the_body_is_told(deed: Deed, vault: Vault) -> None:
    """Reports repeat neither texts nor what stands in the bodies of records, in no language."""
    deed(vault)
    report = verify_store(vault.store, replay=True)
    for language in ("en", "zh-CN"):
        said = report.text(language) + str(report.as_data(language))
        assert SECRET not in said
        assert "C-T1" not in said
        assert "{" not in report.text(language)
        assert "?" not in report.text(language)


def test_another_tenants_records(file: SQLiteVault) -> None:
    """Records of one tenant in another's store fit nowhere; nor does the checkpoint."""
    from workorder.storage import SQLiteStore

    made = take_checkpoint(file.store, AT)
    file.file.close()
    file.sql("UPDATE workorder_meta SET value = 'north' WHERE name = 'tenant'")
    with SQLiteStore(file.path, tenant="north", create=False) as north:
        codes = verify_store(north, against=made).codes
    assert codes == {
        "record_altered": 3 * (EVENTS - 1),
        "head_differs": 3,
        "checkpoint_foreign": 1,
    }


def test_a_snapshot_that_lies(vault: Vault) -> None:
    """A state that no record brought about is seen by a replay; in a file, by its columns too."""
    with vault.restating("T1") as said:
        said["state"] = "in_progress"
    found = {"column_differs": 1} if isinstance(vault, SQLiteVault) else {}
    assert verify_store(vault.store).codes == found
    report = verify_store(vault.store, replay=True)
    assert report.codes == found | {"replay_differs": 1}
    (damage,) = [each for each in report.damages if each.code == "replay_differs"]
    assert damage.facts == {"parts": ("state",)}


def test_records_without_a_ticket(file: SQLiteVault) -> None:
    """A ticket's row that is gone leaves its records behind, which the file shows."""
    ticket_id = file.ids["T1"]
    file.sql("DELETE FROM workorder_tickets WHERE id = ?", ticket_id)
    report = verify_store(file.store)
    tables = {each.facts["table"] for each in report.damages}
    assert report.codes.keys() == {"rows_orphaned"}
    assert {"workorder_records", "workorder_sealed"} <= tables


def test_a_snapshot_that_is_gone() -> None:
    """Records without a ticket are told where a store still gives them."""
    from tests.storage.verifying.vaults import MemoryVault

    vault = MemoryVault()
    del vault.memory._tickets[vault.ids["T1"]]
    assert verify_ticket(vault.store, vault.ids["T1"]).codes == {"no_snapshot": 1}


def test_no_such_ticket(vault: Vault) -> None:
    """A ticket that never was is none, and nothing is wrong with it."""
    report = verify_ticket(vault.store, "nobody")
    assert (report.tickets, report.records, report.sound) == (0, 0, True)


def test_time_may_stand_still(vault: Vault) -> None:
    """Two records at the same instant are in order."""
    desk = vault.desk
    with vault.editing("T1") as rows:
        last = rows[-1].said()["at"]
    assert last < (AT + timedelta(days=1)).isoformat()
    assert desk is not None
    with vault.editing("T1") as rows:
        rows[-1].say(at=rows[-2].said()["at"])
        head = vault.rechain("T1", rows)
    with vault.restating("T1") as said:
        said["head"] = head
    assert verify_ticket(vault.store, vault.ids["T1"]).sound
