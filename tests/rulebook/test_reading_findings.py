"""Who reads fields, and what is masked: everything wrong with it is said at once."""

from typing import Any

import pytest
from attrs import evolve

from workorder.errors import ConfigurationError
from workorder.intake import Field, Form
from workorder.rulebook import (
    Rulebook,
    bank,
    basic,
    diff,
    rulebook_from_toml,
    rulebook_to_toml,
)

BASIC = basic()


def with_fields(*fields: Field, **others: Any) -> Rulebook:
    """The basic rulebook with these fields on its first form."""
    first, *rest = BASIC.forms
    form = evolve(first, fields=(*first.fields, *fields))
    return evolve(BASIC, forms=(form, *rest), **others)


def wrong(*fields: Field) -> list[str]:
    """The keys, below the form, of everything wrong with these fields."""
    with pytest.raises(ConfigurationError) as refused:
        with_fields(*fields)
    return [each.key.partition(".fields.")[2] for each in refused.value.findings]


@pytest.mark.parametrize(
    ("field", "key"),
    [
        (Field("card", readers=("handlr",)), "card.readers[0]"),
        (Field("card", readers=("handler", "")), "card.readers[1]"),
        (Field("card", "code", searchable=True, readers=("handler",)), "card.searchable"),
        (Field("card", keep_last=-1), "card.keep_last"),
        (Field("card", keep_last="4"), "card.keep_last"),  # type: ignore[arg-type]
        (Field("card", keep_last=True), "card.keep_last"),
        (Field("card", "integer", keep_last=4), "card.keep_last"),
        (Field("card", "codes", keep_last=4), "card.keep_last"),
        (Field("card", "code", choices=("a", "b"), keep_last=1), "card.keep_last"),
        (Field("card", "code", limit=4, keep_last=4), "card.keep_last"),
    ],
)
def test_refused(field: Field, key: str) -> None:
    """Each mistake by the key where it stands."""
    assert wrong(field) == [key]


def test_all_at_once() -> None:
    """Several mistakes of several fields are said together."""
    several = wrong(Field("a", readers=("nobody",), keep_last=-1), Field("b", "flag", keep_last=0))
    assert several == ["a.readers[0]", "a.keep_last", "b.keep_last"]


def test_masked_alike_in_every_form() -> None:
    """A command names a field and not its type, so the name decides."""
    first, second, *_ = BASIC.forms
    forms = (
        evolve(first, fields=(*first.fields, Field("card", keep_last=4))),
        evolve(second, fields=(*second.fields, Field("card"))),
    )
    with pytest.raises(ConfigurationError) as refused:
        evolve(BASIC, forms=forms)
    (finding,) = refused.value.findings
    assert finding.key == f"forms.{second.type}.fields.card.keep_last"
    assert "4" in finding.expected


def test_right() -> None:
    """Zero keeps nothing, masked codes may be searched for, and one reader is enough."""
    with_fields(
        Field("card", "code", keep_last=4, searchable=True),
        Field("phone", keep_last=0),
        Field("note", readers=("handler",), keep_last=2),
    )


def test_to_a_file_and_back() -> None:
    """Readers, masks and what roles read stand in the file, and count in the digest."""
    book = with_fields(Field("card", "code", readers=("handler",), keep_last=4))
    workflow = book.workflow
    roles = (evolve(workflow.roles[0], reads="shared"), *workflow.roles[1:])
    book = evolve(book, workflow=evolve(workflow, roles=roles))
    text = rulebook_to_toml(book)
    assert 'reads = "shared"' in text
    assert "keep_last = 4" in text
    again = rulebook_from_toml(text)
    assert again == book
    assert again.digest == book.digest
    keys = {each.key for each in diff(BASIC, book).changes}
    assert f"roles.{roles[0].name}.reads" in keys


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('sees = "department"', 'sees = "department"\nreads = "some"', "roles.handler.reads"),
        ("limit = 200", "limit = 200\nkeep_last = 2.5", "fields.title.keep_last"),
        ("limit = 200", 'limit = 200\nreaders = ["cashier"]', "fields.title.readers[0]"),
    ],
)
def test_mistakes_in_a_file(old: str, new: str, key: str) -> None:
    """They are found where they stand in the file."""
    text = rulebook_to_toml(BASIC)
    assert old in text
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(text.replace(old, new, 1))
    assert key in {each.key for each in refused.value.findings}


def test_a_role_made_in_python() -> None:
    """What a role reads is one of two words there as well."""
    workflow = BASIC.workflow
    odd: Any = "none"
    roles = (evolve(workflow.roles[0], reads=odd), *workflow.roles[1:])
    with pytest.raises(ConfigurationError) as refused:
        evolve(workflow, roles=roles)
    assert [each.key for each in refused.value.findings] == [f"roles.{roles[0].name}.reads"]


def test_customers_read_what_is_shared() -> None:
    """In the bank's rulebook the customer and the bot do, and nobody else."""
    shared = {role.name for role in bank().workflow.roles if role.reads == "shared"}
    assert shared == {"customer", "bot"}
    assert isinstance(bank().forms[0], Form)
