"""Sealed values: each opens its commitment, or was erased; none is there after it was."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from workorder.errors import StoreError
from workorder.storage.headers import Unreadable, header_of, object_of
from workorder.storage.verifying.chains import Erasures, Held, Row, held_by
from workorder.storage.verifying.reports import Tally
from workorder.ticket import Sealed, opens

PAGE = 500
"""Sealed values that are looked at together."""

_SHOWN = re.compile(r"[0-9]{1,9}\.\w{1,64}(?:\.[0-9]{1,9})?").fullmatch


def check_sealed(
    store: Any, ticket: str, held: Iterable[Held], erasures: Erasures, tally: Tally
) -> None:
    """Compare the sealed values that records refer to with those that are kept."""
    source = iter(held)
    while page := list(islice(source, PAGE)):
        _check(store, ticket, page, erasures, tally)


def _check(store: Any, ticket: str, page: Sequence[Held], erasures: Erasures, tally: Tally) -> None:
    try:
        kept = store.reveal(ticket, {each.ref for each in page})
    except StoreError as error:
        if error.code == "busy":
            raise
        tally.found(ticket, None, "sealed_unreadable")
        return
    for each in page:
        value = kept.get(each.ref)
        code = None
        if erasures.has(each):
            code = "sealed_not_erased" if value is not None else None
        elif value is None:
            code = "sealed_missing"
        elif not _opens(each, value):
            code = "sealed_differs"
        if code is not None:
            # A reference stands in a body: one that is not made like ours is not repeated.
            ref = each.ref if _SHOWN(each.ref) else "?"
            tally.found(ticket, each.sequence, code, ref=ref)


def _opens(held: Held, value: Any) -> bool:
    try:
        return opens(Sealed(held.ref, held.commitment), value)
    except Exception:  # noqa: BLE001 (salt and value may be anything, and the algorithm unknown)
        return False


def held_in(rows: Iterable[Row]) -> Iterable[Held]:
    """The sealed values that *rows* refer to; those of records that cannot be read are left out."""
    for _sequence, _version, data in rows:
        try:
            said = object_of(data)
            header = header_of(said)
        except Unreadable:
            continue
        yield from held_by(header[0], said)
