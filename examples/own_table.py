"""The rules alone, on a table you already have.

The host keeps its own table and its own transaction. It builds a `PlainCase` from a row, asks
whether an action may be taken, and writes the next state itself. Four-eyes works too: the row
says who handled the complaint, and that person may not close it.

Nothing of this library's tickets, events or storage is loaded.
"""

import sqlite3
from datetime import UTC, datetime

from workorder import Actor, PlainCase, Refusal, basic

db = sqlite3.connect(":memory:", isolation_level=None)
db.execute("CREATE TABLE complaint (number INTEGER PRIMARY KEY, state TEXT, handled_by TEXT)")
db.execute("INSERT INTO complaint VALUES (4711, 'resolved', 'li')")


def close(number: int, actor: Actor) -> None:
    db.execute("BEGIN IMMEDIATE")
    row = db.execute("SELECT state, handled_by FROM complaint WHERE number = ?", (number,))
    state, handler = row.fetchone()
    case = PlainCase(state, assignee=handler, deeds={handler: {"handler": ("submit",)}})
    verdict = basic().workflow.evaluate(case, "close", actor=actor, at=datetime.now(UTC))
    if isinstance(verdict, Refusal):
        print(verdict.text())
    else:
        db.execute("UPDATE complaint SET state = ? WHERE number = ?", (verdict.to_state, number))
        print(f"{actor.id} closed it as {verdict.role}: now {verdict.to_state}")
    db.execute("COMMIT")


close(4711, Actor("li", "handler"))
close(4711, Actor("wang", "supervisor"))
db.close()
