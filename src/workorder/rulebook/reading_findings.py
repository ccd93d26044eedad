"""What is wrong with who reads the values of fields, and with what is kept of them."""

from collections.abc import Collection, Iterator

from workorder.errors import Finding, one_of
from workorder.intake import Field, Form
from workorder.workflow.checking.wording import said

_MASKED = ("text", "code")


def reading_findings(forms: tuple[Form, ...], roles: Collection[str]) -> Iterator[Finding]:
    """Readers that are no roles or could be got round, and masks that mask nothing or not alike.

    Args:
        forms: of the rulebook's ticket types.
        roles: names of the roles that there are.
    """
    masks: dict[str, int | None] = {}
    for form in forms:
        for each in form.fields:
            key = f"forms.{form.type}.fields.{each.name}"
            yield from _readers(each, key, roles)
            yield from _mask(each, key)
            # A command tells the field and not the type: what is masked must not depend on that.
            before = masks.setdefault(each.name, each.keep_last)
            if before != each.keep_last:
                found, expected = said(each.keep_last), f"{said(before)}, as in another form"
                yield Finding(f"{key}.keep_last", found, expected)


def _readers(field: Field, key: str, roles: Collection[str]) -> Iterator[Finding]:
    for number, name in enumerate(field.readers):
        if name not in roles:
            yield Finding(f"{key}.readers[{number}]", said(name), one_of(tuple(roles), str(name)))
    if field.readers and field.searchable:
        expected = "false; whoever searches for a value learns it"
        yield Finding(f"{key}.searchable", "true for a field with readers", expected)


def _mask(field: Field, key: str) -> Iterator[Finding]:
    last = field.keep_last
    if last is None:
        return
    if type(last) is not int:
        yield Finding(f"{key}.keep_last", said(last), "a whole number")
    elif last < 0:
        yield Finding(f"{key}.keep_last", str(last), "zero or more")
    elif field.kind not in _MASKED:
        found = f"{last} for the kind {field.kind}"
        yield Finding(f"{key}.keep_last", found, f"none; or {' or '.join(_MASKED)}")
    elif field.choices:
        yield Finding(f"{key}.keep_last", f"{last} beside choices", "none; or no choices")
    elif field.limit is not None and last >= field.limit:
        expected = f"less than {field.limit}, its limit"
        yield Finding(f"{key}.keep_last", f"{last}, which masks nothing", expected)
