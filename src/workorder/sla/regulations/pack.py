"""Packs: the clocks of one regime that belong together."""

from collections.abc import Mapping
from functools import cached_property

from attrs import field, frozen

from workorder.conditions import Condition
from workorder.sla.regulations.clock import RegulatoryClock
from workorder.texts import Label, Texts


@frozen(kw_only=True, slots=False)
class Pack:
    """The clocks of a regime.

    Attributes:
        name: its stable name.
        regime: whose rules these are, in English.
        calendar: the ready calendar by which its days are counted in the documentation and in
            tests; a bank adopts it with its own.
        labels: what people call it, per language.
        note: what to know before adopting it, per language.
        when: on which tickets its clocks run, unless the adopter says otherwise.
        clocks: in order.
    """

    name: str
    regime: str
    calendar: str
    labels: Texts = field(hash=False)
    note: Texts = field(hash=False)
    when: Condition
    clocks: tuple[RegulatoryClock, ...]

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)

    @cached_property
    def by_name(self) -> Mapping[str, RegulatoryClock]:
        """Its clocks by name."""
        return {each.name: each for each in self.clocks}

    @property
    def measurable(self) -> tuple[RegulatoryClock, ...]:
        """The clocks that tickets can measure."""
        return tuple(each for each in self.clocks if each.measurable)

    @property
    def rows(self) -> tuple[str, ...]:
        """The periods of the rules that its clocks stand for."""
        return tuple(row for each in self.clocks for row in each.rows)
