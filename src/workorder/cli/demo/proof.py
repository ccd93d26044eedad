"""The proof: the trail is whole, and one record that is altered on purpose is found by name."""

import sqlite3
from pathlib import Path

from workorder.cli.demo.scene import Scene
from workorder.storage import SQLiteStore
from workorder.storage.verifying import verify_store

ALTERED = 17
"""The record that is altered: the handler's second result, to be somebody else's."""


def tell(scene: Scene, path: Path) -> None:
    """Verify the store at *path*; then reach into it, and verify again."""
    story = scene.story
    with SQLiteStore(path) as store:
        before = verify_store(store)
        _alter(path)
        after = verify_store(store)
    found = [{"sequence": each.sequence, "code": each.code} for each in after.damages]
    story.tell(
        f"Verified: all {before.records} records are as they were written. Then somebody changes "
        f"in the database who did record {ALTERED}:",
        f"校验：{before.records} 条记录均与写入时一致。随后有人直接在数据库中篡改第 {ALTERED} "
        "条记录的操作人，再次校验发现：",
        records=before.records,
        sound=before.sound,
        damages=found,
    )
    story.show("\n".join(f"✗ {each.text(story.lang)}" for each in after.damages))


def _alter(path: Path) -> None:
    """Behind the library's back, as an administrator of the database could."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute(
                "UPDATE workorder_records SET data = CAST(replace(CAST(data AS TEXT),"
                " 'zhao.min', 'chen.hao') AS BLOB) WHERE sequence = ?",
                (ALTERED,),
            )
    finally:
        connection.close()
