"""A ticket and the bank's own row change together: one database, one transaction, the bank's.

`JoinedSQLiteStore` puts its tables beside the bank's and works on the bank's connection. It never
commits. When the bank's own part fails, the ticket is as it was, too.
"""

import sqlite3

from workorder import Actor, Comment, JoinedSQLiteStore, ServiceDesk

db = sqlite3.connect(":memory:", isolation_level=None)
db.execute("CREATE TABLE account (number TEXT PRIMARY KEY, balance INTEGER CHECK (balance >= 0))")
db.execute("INSERT INTO account VALUES ('fees', 500), ('6222-4711', 0)")

desk = ServiceDesk(JoinedSQLiteStore(db, create=True))
li = Actor("li", "handler")


def refund(ticket_id: str, cents: int) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        desk.perform(ticket_id, Comment(f"Refunded {cents} cents"), actor=li)
        for number, more in (("6222-4711", cents), ("fees", -cents)):
            db.execute("UPDATE account SET balance = balance + ? WHERE number = ?", (more, number))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


db.execute("BEGIN IMMEDIATE")
ticket = desk.open("complaint", fields={"title": "Charged twice"}, actor=li)
db.execute("COMMIT")
for cents in (300, 300):
    try:
        refund(ticket.id, cents)
    except sqlite3.IntegrityError as error:
        print(f"not refunded: {error}")
    balances = dict(db.execute("SELECT number, balance FROM account"))
    print(f"version {desk.get(ticket.id, actor=li).version}, {balances}")
