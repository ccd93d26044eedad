"""A desk for a store on the command line: by which rulebook its tickets are read."""

import argparse
from typing import Any


def add_rulebook_option(made: argparse.ArgumentParser) -> None:
    """Declare by which rulebook a command reads a store."""
    made.add_argument(
        "--rulebook",
        metavar="NAME|FILE",
        help="the rulebook; by itself it is the one tickets were opened under, if it ships",
    )


def rulebook_in(store: Any, named: str | None, ticket: str | None = None) -> Any:
    """The rulebook that is *named*; else the one under which *ticket* was opened (the one opened
    last, if none is meant), if it ships; ``None`` if not.
    """
    from workorder.cli.rulebooks import find_rulebook
    from workorder.exchange import shipped_by_digest

    if named is not None:
        return find_rulebook(named)
    found = stored_ticket(store, ticket)
    return shipped_by_digest(found.origin.rulebook) if found is not None else None


def desk_for(store: Any, rulebook: Any) -> Any:
    """A desk by *rulebook* (the basic one, if it is not known) that knows all those that ship."""
    from workorder.desk import ServiceDesk
    from workorder.rulebook import bank, basic, it_desk

    return ServiceDesk(store, rulebook=rulebook, earlier=(bank(), basic(), it_desk()))


def stored_ticket(store: Any, name: str | None) -> Any:
    """A ticket by its id or its number elsewhere; the one opened last, if neither is given."""
    from workorder.conditions import where
    from workorder.storage import Sort, TicketQuery

    if name is None:
        page = store.find(TicketQuery(order=(Sort("opened", descending=True),), limit=1))
    elif name in (kept := store.load([name])):
        return kept[name].snapshot.ticket
    else:
        page = store.find(TicketQuery(where("key").equals(name), limit=1))
    return page[0].ticket if page else None
