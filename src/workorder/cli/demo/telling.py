"""Telling: sentences and things to look at, with a clock that runs alike in every run."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workorder.cli.output import say
from workorder.errors import CommandRefused

_WALL = ZoneInfo("Asia/Shanghai")
_BEGAN = datetime(2026, 11, 23, 1, 15, tzinfo=UTC)


class Story:
    """Tells, and keeps what was told for ``--json``."""

    def __init__(self, lang: str, *, quiet: bool) -> None:
        self.lang = lang
        self.quiet = quiet
        self.steps: list[dict[str, Any]] = []
        self._at = _BEGAN

    def now(self) -> datetime:
        """The story's clock: some minutes pass between steps."""
        self._at += timedelta(minutes=7)
        return self._at

    def wait(self, **length: int) -> None:
        """Nothing happens for that long."""
        self._at += timedelta(**length)

    def go(self, year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
        """On to a date, or back to one, by the clock on the wall in Shanghai; the instant."""
        self._at = datetime(year, month, day, hour, minute, tzinfo=_WALL).astimezone(UTC)
        return self._at

    def say(self, english: str, chinese: str) -> str:
        """One of two texts, in the language of the story."""
        return say(self.lang, english, chinese)

    def tell(self, english: str, chinese: str, **facts: Any) -> None:
        """One sentence, and the facts behind it."""
        text = self.say(english, chinese)
        self.steps.append({"text": text, **facts})
        if not self.quiet:
            print(f"\n▸ {text}")

    def show(self, text: str) -> None:
        """Something to look at."""
        if not self.quiet:
            print("\n".join(f"    {line}".rstrip() for line in text.splitlines()))

    def refused(self, english: str, chinese: str, attempt: Callable[[], object]) -> None:
        """Something that must not work, and the reasons that are given."""
        try:
            attempt()
        except CommandRefused as error:
            refusal = error.refusal
            self.tell(english, chinese, refused=refusal.as_data(self.lang))
            # The sentence above says what was tried; what would be possible is left to --json.
            why = [each.text(self.lang) for each in refusal.unmet]
            self.show(
                "\n".join(f"✗ {each}" for each in why or error.text(self.lang).splitlines()[:1])
            )
        else:
            raise RuntimeError(english)
