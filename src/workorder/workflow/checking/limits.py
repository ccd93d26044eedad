"""Limits and choices of what people fill in: of arguments of actions, and of fields of forms."""

from collections.abc import Iterator

from workorder.errors import Finding
from workorder.values import CODE_LIMIT, TEXT_LIMIT, Kind, check_value
from workorder.workflow.checking.wording import said

WRITTEN: tuple[Kind, ...] = ("text", "code", "codes")
"""The kinds that are written, and so have a length and may be chosen from a list."""

_SHOWN = 50


def limits(key: str, kind: Kind, limit: int | None, choices: tuple[str, ...]) -> Iterator[Finding]:
    """Limits and choices that nothing asks about, or that no value could pass."""
    written = ", ".join(WRITTEN)
    if limit is not None and type(limit) is not int:
        yield Finding(f"{key}.limit", said(limit), "a whole number")
        return
    if limit is not None and limit < 1:
        yield Finding(f"{key}.limit", str(limit), "one or more")
        return
    if kind not in WRITTEN:
        if limit is not None:
            yield Finding(f"{key}.limit", f"{limit} for the kind {kind}", f"none; or {written}")
        if choices:
            found = f"{', '.join(choices)} for the kind {kind}"
            yield Finding(f"{key}.choices", found, f"none; or {written}")
        return
    most = limit or (TEXT_LIMIT if kind == "text" else CODE_LIMIT)
    for choice in choices:
        wrong = check_value("choice", "text" if kind == "text" else "code", choice, most)
        if wrong is not None:
            why = wrong.text().removeprefix("choice: ")
            shown = said(choice)[:_SHOWN]
            yield Finding(f"{key}.choices", f"{shown}: {why}", "what may be filled in")
