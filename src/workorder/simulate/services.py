"""Services: what came of each item."""

from datetime import datetime

from attrs import frozen


@frozen(kw_only=True)
class Service:
    """What came of one item.

    Attributes:
        item: which.
        came: since when it waited.
        began: when somebody was given it; ``None`` when nobody was.
        ended: when it was done; ``None`` when it was not, until the end.
        agent: who had it.
        units: how much room it took.
        hand_overs: how often it went to another team than where it came: by a plan, once at most.
    """

    item: str
    came: datetime
    began: datetime | None = None
    ended: datetime | None = None
    agent: str | None = None
    units: int = 1
    hand_overs: int = 0
