"""How evenly work is spread: figures that compare, by what each can bear.

Each figure says one thing. **Jain's index** is 1 when everybody bears the same part of their
capacity, and 1/n when one of n bears everything (Jain, Chiu and Hawe, A quantitative measure of
fairness, 1984). The **Gini coefficient** is 0 when all bear the same, and comes near 1 when one
bears everything. The **least and the most** are who would complain.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from workorder.assign.agents import Agent
from workorder.texts import CHINESE, ENGLISH, Texts, fill

_TEXT: Texts = {
    ENGLISH: "{people} people hold {held} of {capacity} units ({part} %). Least {least} %, most "
    "{most} %; Jain {jain}, Gini {gini}",
    CHINESE: "{people} 人共持有 {held}/{capacity} 个单位（{part}%）；最低 {least}%，最高 {most}%；"
    "Jain 指数 {jain}，基尼系数 {gini}",
}


def jain(parts: Iterable[Fraction | float]) -> float:
    """Jain's index of *parts*, from 1/n to 1; 1 of none, and where nobody has anything.

    >>> jain([2, 2, 2]), jain([6, 0, 0])
    (1.0, 0.3333333333333333)
    """
    known = [Fraction(each) for each in parts]
    squares = sum(each * each for each in known)
    return float(sum(known) ** 2 / (len(known) * squares)) if squares else 1.0


def gini(parts: Iterable[Fraction | float]) -> float:
    """The Gini coefficient of *parts*, from 0 to 1 − 1/n; 0 of none, and where nobody has anything.

    >>> gini([2, 2, 2]), gini([0, 0, 6])
    (0.0, 0.6666666666666666)
    """
    known = sorted(Fraction(each) for each in parts)
    total, number = sum(known), len(known)
    if not total:
        return 0.0
    weighed = sum(place * each for place, each in enumerate(known, 1))
    return float(2 * weighed / (number * total) - Fraction(number + 1, number))


@frozen
class Fairness:
    """How evenly people are loaded.

    Attributes:
        people: how many there are; who has no capacity is left out.
        held: how many units they hold together.
        capacity: how many they may hold together.
        jain: Jain's index of their utilisations.
        gini: the Gini coefficient of their utilisations.
        least: the lowest utilisation: of 1.
        most: the highest.
    """

    people: int
    held: int
    capacity: int
    jain: float
    gini: float
    least: float
    most: float

    def text(self, language: str = ENGLISH) -> str:
        """One line for people."""
        part = self.held / self.capacity if self.capacity else 0.0
        shown = {
            "people": self.people,
            "held": self.held,
            "capacity": self.capacity,
            "part": f"{100 * part:.0f}",
            "least": f"{100 * self.least:.0f}",
            "most": f"{100 * self.most:.0f}",
            "jain": f"{self.jain:.3f}",
            "gini": f"{self.gini:.3f}",
        }
        return fill(_TEXT, shown, language)

    def as_data(self) -> Mapping[str, Any]:
        """Plain data."""
        return {
            "people": self.people,
            "held": self.held,
            "capacity": self.capacity,
            "jain": self.jain,
            "gini": self.gini,
            "least": self.least,
            "most": self.most,
        }


def fairness(agents: Iterable[Agent]) -> Fairness:
    """How evenly *agents* are loaded, each by their capacity.

    >>> fairness([Agent("li", capacity=4, load=2), Agent("gao", capacity=8, load=4)]).jain
    1.0
    """
    there = [each for each in agents if each.capacity]
    parts = [Fraction(each.load, each.capacity) for each in there]
    return Fairness(
        len(there),
        sum(each.load for each in there),
        sum(each.capacity for each in there),
        jain(parts),
        gini(parts),
        float(min(parts, default=0)),
        float(max(parts, default=0)),
    )
