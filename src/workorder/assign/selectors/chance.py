"""Two choices: of two drawn at random, the one who stands better.

Nearly as even as taking the best, and many deciders at once do not all run to the same one
(Mitzenmacher, The power of two choices in randomized load balancing, 2001). The others are ranked,
too, so it costs what any order of all does.
"""

from collections.abc import Sequence
from typing import ClassVar

from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.context import Context
from workorder.assign.selectors.keyed import Keyed, LeastLoad
from workorder.assign.selectors.selector import Order
from workorder.assign.values import wrong


@frozen
class TwoChoices:
    """Of two who are drawn, the better; the others after them, by the same key.

    Attributes:
        better: what says who of them is better.
    """

    name: ClassVar[str] = "two_choices"

    better: Keyed = field(factory=LeastLoad)

    @property
    def by(self) -> tuple[str, ...]:
        """What it compares."""
        return ("drawn", *getattr(self.better, "by", ("id",)))

    def order(self, agents: Sequence[Agent], totals: Sequence[float], context: Context) -> Order:
        """The two drawn ones, then the others.

        Raises:
            InvalidInput: without a seed.
        """
        seed = context.seed
        if seed is None:
            raise wrong("seed", "a whole number that was drawn, for two choices", seed)
        keys = [self.better.key(each) for each in agents]
        places = sorted(range(len(agents)), key=keys.__getitem__)
        if len(places) > 1:
            # Drawn among places by id, so that the order in which agents came does not matter.
            by_id = sorted(places, key=lambda n: agents[n].id)
            rest, first = divmod(seed, len(by_id))
            second = rest % (len(by_id) - 1)
            drawn = {by_id[first], by_id[second + (second >= first)]}
            places.sort(key=lambda n: n not in drawn)  # keeps the order within both
        return Order(places)
