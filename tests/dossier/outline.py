"""The outline of a page: its elements with what they show, digests left out.

``python -m tests.dossier.outline > tests/dossier/small.txt`` writes that of the small dossier anew.
"""

import re
import sys
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from tests.desk.people import Counting
from workorder.desk import ServiceDesk
from workorder.dossier import dossier
from workorder.storage import MemoryStore
from workorder.ticket import Close, Dispatch, Start, Submit
from workorder.workflow import Actor

OPENED = datetime(2026, 9, 30, 8, 30, tzinfo=UTC)
WANG = Actor("wang", "supervisor", "hq")
LI = Actor("li", "handler", "cards")


def small() -> str:
    """The page of a ticket of five entries, always the same."""
    now = [OPENED]
    desk = ServiceDesk(MemoryStore("bank"), time=lambda: now[0], new_entropy=Counting())
    ticket = desk.open(
        "complaint",
        customer="C-1",
        fields={"title": "Charged twice", "priority": 2},
        actor=WANG,
        command_id="open",
    )
    for number, (command, actor) in enumerate(
        (
            (Dispatch("li", "cards", "Cards handles charges"), WANG),
            (Start(), LI),
            (Submit("Refunded"), LI),
            (Close(), WANG),
        )
    ):
        now[0] += timedelta(minutes=10)
        desk.perform(ticket.id, command, actor=actor, command_id=f"c-{number}")
    return dossier(desk.unrestricted(), ticket.id, at=OPENED + timedelta(days=1)).html


class Outline(HTMLParser):
    """Elements, each on a line of its own, indented; text behind its element.

    Attributes:
        lines: the lines.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        said = "".join(
            f" {key}={value}"
            for key, value in attrs
            if key not in {"href", "content"} or (value or "").startswith("#")
        )
        self.lines.append("  " * len(self._inside) + tag + said)
        if tag != "meta":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Text."""
        if data.strip() and self._inside[-1] not in {"style", "script", "pre"}:
            text = re.sub(r"[0-9a-f]{64}|\b[0-9a-f]{12}(?=…)|workorder [\w.+]+", "…", data)
            self.lines[-1] += f" | {text}"


def outline(html: str) -> str:
    """The outline of a page."""
    made = Outline()
    made.feed(html)
    made.close()
    return "\n".join([*made.lines, ""])


if __name__ == "__main__":
    sys.stdout.write(outline(small()))
