"""Who gets it, on the table of agents you already have.

The host keeps its own table of people, counts there what each of them holds, and keeps its own
transaction. It builds an `Agent` from a row, asks who should get a piece of work, and writes the
answer itself. The decision, with every reason, goes into a column of its own: it can be read, and
taken again, years later.

Nothing of this library's tickets, events or storage is loaded.
"""

import json
import sqlite3
from datetime import UTC, datetime

from workorder.assign import Agent, Item, choose, decision_data, decision_from_data

db = sqlite3.connect(":memory:", isolation_level=None)
db.execute("CREATE TABLE agent (id TEXT PRIMARY KEY, team TEXT, cards INT, busy INT, most INT)")
db.execute("CREATE TABLE complaint (number INT PRIMARY KEY, about TEXT, agent TEXT, why TEXT)")
people = [("gao", "cards", 3, 2, 2), ("li", "cards", 3, 1, 4), ("wu", "loans", 1, 0, 4)]
db.executemany("INSERT INTO agent VALUES (?, ?, ?, ?, ?)", people)
db.execute("INSERT INTO complaint VALUES (4711, 'gao', NULL, NULL)")


def give(number: int) -> None:
    db.execute("BEGIN IMMEDIATE")
    (about,) = db.execute("SELECT about FROM complaint WHERE number = ?", (number,)).fetchone()
    item = Item(str(number), teams={"cards"}, skills={"cards": 2}, subjects={about})
    agents = [
        Agent(name, teams={team}, skills={"cards": level}, capacity=most, load=busy)
        for name, team, level, busy, most in db.execute("SELECT * FROM agent")
    ]
    decision = choose(agents, item, now=datetime.now(UTC))
    row = (decision.chosen, json.dumps(decision_data(decision)), number)
    db.execute("UPDATE complaint SET agent = ?, why = ? WHERE number = ?", row)
    db.execute("UPDATE agent SET busy = busy + 1 WHERE id = ?", (decision.chosen,))
    db.execute("COMMIT")


give(4711)
(kept,) = db.execute("SELECT why FROM complaint WHERE number = 4711").fetchone()
print(decision_from_data(json.loads(kept)).text())
db.close()
