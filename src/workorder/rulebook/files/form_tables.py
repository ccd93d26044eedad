"""Reading the forms of a rulebook file, and the fields that several of them share."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import attrs

from workorder.errors import one_of
from workorder.intake import Field, Form
from workorder.rulebook.files.parts import read_labels, read_part, tables
from workorder.tables import Table, quoted

_FIELD = "the name of one of [fields], or a table { name = … }"


def read_forms(file: Table) -> tuple[tuple[Form, ...], Mapping[str, str]]:
    """The forms, and for each key of a shared field where it stands, by where it is used.

    A field in which something is wrong stands in the forms by its name alone.
    """
    shared = {
        name: _sound(name, read_part(Field, table, given={"name": name}), table)
        for name, table in tables(file, "fields")
    }
    forms = tuple(_form(name, table, shared) for name, table in tables(file, "forms"))
    places = {
        f"forms.{form.type}.fields.{field.name}.{each.name}": f"fields.{field.name}.{each.name}"
        for form in forms
        for field in form.fields
        if field is shared.get(field.name)
        for each in attrs.fields(Field)
    }
    return forms, places


def _sound(name: str, field: Field | None, table: Table) -> Field:
    """*field*, unless something in it is wrong from which more would seem to follow."""
    wrong = any(each.key.startswith(f"{table.path}.") for each in table.wrong)
    return Field(name) if field is None or wrong else field


def _form(name: str, table: Table, shared: Mapping[str, Field]) -> Form:
    labels = read_labels(table)
    fields = tuple(_fields(table, shared))
    table.finish()
    return Form(name, fields, labels)


def _fields(table: Table, shared: Mapping[str, Field]) -> Iterator[Field]:
    for number, value in enumerate(table.take("fields", list, "a list of fields") or ()):
        place = f"fields[{number}]"
        if isinstance(value, str):
            if value not in shared:
                table.say(place, value, one_of(shared, value) if shared else _FIELD)
            # What was meant stands in the form, so that nothing more seems to be missing.
            for meant in get_close_matches(value, shared, n=1):
                yield shared[meant]
        elif isinstance(value, Mapping):
            name = value.get("name")
            if isinstance(name, str):
                place = f"fields.{name}"
            apart = Table(value, table.key(place), table.wrong)
            made = read_part(Field, apart)
            if made is not None:
                yield _sound(made.name, made, apart)
        else:
            table.say(place, quoted(value), _FIELD)
