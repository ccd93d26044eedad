"""Fields of a ticket's form: typed, limited, and known to be sensitive or not."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from workorder.intake.masking import masked
from workorder.refusals import Unmet, problem
from workorder.texts import Label, Texts
from workorder.values import CODE_LIMIT, TEXT_LIMIT, Kind, check_value, without_value


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@frozen
class Field:
    """One field of a form.

    Attributes:
        name: the stable name.
        kind: its type.
        required: a ticket cannot be opened without it.
        sensitive: its value never stands in a record, only a reference to it does
            (so for every ``text`` unless said otherwise).
        searchable: stores answer queries over it; never for sensitive ones.
        limit: characters allowed.
        choices: the only values allowed, if any are listed.
        labels: what people call it, per language.
        readers: roles that may read its value; everybody who sees the ticket, if none is listed.
            Never for searchable ones: searching would tell it.
        keep_last: how many of its last characters are kept; each letter or digit before them
            becomes ``*`` before anything is stored, decided or digested.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    sensitive: bool | None = None
    searchable: bool = False
    limit: int | None = None
    choices: tuple[str, ...] = ()
    labels: Texts = {}
    readers: tuple[str, ...] = field(default=(), converter=_names)
    keep_last: int | None = None

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)

    def kept(self, value: object) -> object:
        """*value* as it may be stored: masked, if the field is; anything but text as it is."""
        if self.keep_last is None or not isinstance(value, str):
            return value
        return masked(value, self.keep_last)

    def read_by(self, roles: Iterable[str]) -> bool:
        """Whether somebody with *roles* may read its value."""
        return not self.readers or not set(self.readers).isdisjoint(roles)

    @property
    def sealed(self) -> bool:
        """Whether the value is kept out of records."""
        return self.kind == "text" if self.sensitive is None else self.sensitive

    def check(self, value: object) -> Unmet | None:
        """What is wrong with *value*, or ``None``."""
        limit = self.limit or (TEXT_LIMIT if self.kind == "text" else CODE_LIMIT)
        return check_value(self.name, self.kind, value, limit, self.choices)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@frozen
class Form:
    """The fields of one ticket type.

    >>> form = Form("complaint", (Field("title", required=True), Field("amount", "integer")))
    >>> [problem.text() for problem in form.problems({"amount": "12"})]
    ['amount: expected a whole number of at most 64 bits, found str', 'title: required']
    """

    type: str
    fields: tuple[Field, ...] = ()
    labels: Texts = {}

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.type, self.labels)

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((each for each in self.fields if each.name == name), None)

    def changes(self, values: Mapping[str, object]) -> Iterator[Unmet]:
        """Everything wrong with *values* as changes to a ticket that has its fields already:
        ``None`` empties a field that is not required.
        """
        return (each for each in self.problems(values) if each.name in values)

    def problems(self, values: Mapping[str, object]) -> Iterator[Unmet]:
        """Everything wrong with *values*, all at once; nothing, if they may stand."""
        known = {each.name: each for each in self.fields}
        for name, value in values.items():
            spec = known.get(name)
            if spec is None:
                yield problem(str(name), "unknown_field", known=tuple(known))
            elif value is not None and not (spec.required and _blank(value)):
                found = spec.check(value)
                if found is not None:
                    yield without_value(found) if spec.sealed else found
        for name, spec in known.items():
            value = values.get(name)
            if spec.required and _blank(value):
                yield problem(name, "required")
