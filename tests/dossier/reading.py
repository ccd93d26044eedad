"""A reader of pages, by the standard library: is it well-formed, and what does it show."""

from html.parser import HTMLParser

VOID = {"meta", "br", "hr"}
Attributes = list[tuple[str, str | None]]


class Page(HTMLParser):
    """What a page shows, element by element.

    Attributes:
        faults: what is not well-formed.
        names: the elements, in order.
        attributes: every attribute of every element.
        shown: the text that people see, a line for each element.
        ids: the ids of elements.
        links: where links lead.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.names: list[str] = []
        self.attributes: Attributes = []
        self.lines: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"{name} is not closed" for name in self._open]

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """An element begins."""
        self.names.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"{tag} ends out of turn")

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._open and self._open[-1] not in {"script", "style", "pre"}:
            self.lines.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment: a dossier has none."""
        self.faults.append(f"comment {data[:20]}")

    @property
    def shown(self) -> str:
        """All text that people see."""
        return "".join(self.lines)

    def values(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [value or "" for key, value in self.attributes if key == name]
