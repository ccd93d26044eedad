"""States, and the stages they belong to."""

from typing import Literal

from attrs import frozen

from workorder.texts import Label, Texts

Stage = Literal["intake", "dispatch", "handling", "conclusion"]
"""受理 · 转办 · 处理 · 结案."""

Category = Literal["initial", "open", "closed", "final"]
"""``closed`` may be reopened, ``final`` never moves again."""

ENDED: frozenset[Category] = frozenset({"closed", "final"})
"""The categories in which no work is left to do."""

STAGES: tuple[Stage, ...] = ("intake", "dispatch", "handling", "conclusion")
CATEGORIES: tuple[Category, ...] = ("initial", "open", "closed", "final")


@frozen
class State:
    """One state of a workflow.

    Attributes:
        name: the stable name.
        stage: which of the four stages it belongs to.
        category: initial, open, closed or final.
        labels: what staff call it, per language.
        customer_labels: what the customer sees, per language (the staff's, if empty).
        resolved: work is concluded here, and the customer may still object (已办结).
    """

    name: str
    stage: Stage
    category: Category
    labels: Texts = {}
    customer_labels: Texts = {}
    resolved: bool = False

    @property
    def label(self) -> Label:
        """Name and staff labels together."""
        return Label(self.name, self.labels)

    @property
    def customer_label(self) -> Label:
        """Name and what the customer sees together."""
        return Label(self.name, self.customer_labels or self.labels)

    @property
    def ended(self) -> bool:
        """Whether no work is left to do here."""
        return self.category in ENDED
