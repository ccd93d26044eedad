"""Habits of databases that banks run, each in a few lines.

What they are called after is where the habit was met; other products may have it, too.
"""

import json
import unicodedata
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.planted.stores.database import Column, Habits, Unfit

BERLIN = ZoneInfo("Europe/Berlin")
BLOB = 65_535
"""Bytes that a column of MySQL's TEXT or BLOB keeps."""


class EmptyIsNull(Habits):
    """Takes an empty text or binary value for a missing one (Oracle; GaussDB in its A mode)."""

    def keep(self, column: Column, value: Any) -> Any:
        """Nothing is kept of nothing."""
        return None if value in ("", b"") else super().keep(column, value)


class CountsBytes(Habits):
    """Counts the width of text in bytes (Oracle with its default, GaussDB in its A mode, DB2)."""

    def length(self, value: Any) -> int:
        """Three for a Chinese character."""
        return len(value.encode() if isinstance(value, str) else value)


class CutsBytes(CountsBytes):
    """Counts the width of text in bytes, and cuts what is longer."""

    def too_long(self, column: Column, value: Any) -> Any:
        """As much as fits."""
        width = column.width or 0
        return value.encode()[:width].decode(errors="ignore") if isinstance(value, str) else value


class CutsSilently(Habits):
    """Cuts what is longer than TEXT or BLOB, and warns where nobody looks (MySQL, not strict)."""

    def keep(self, column: Column, value: Any) -> Any:
        """64 KiB, unless the column is of a longer type."""
        if column.kind in {"text", "json"} and isinstance(value, str) and not column.long:
            return value.encode()[:BLOB].decode(errors="ignore")
        if column.kind == "bytes" and not column.long:
            return value[: column.width or BLOB]
        return value


class FlagsAsLetters(Habits):
    """Gives flags back as ``'t'`` and ``'f'`` (drivers of openGauss and GaussDB)."""

    def give(self, column: Column, value: Any) -> Any:
        """Both of them are true."""
        return ("t" if value else "f") if column.kind == "flag" else value


class FlagsAreFalse(Habits):
    """Reads every flag as false (GaussDB in its B mode)."""

    def give(self, column: Column, value: Any) -> Any:
        """Also those that were set."""
        return False if column.kind == "flag" and isinstance(value, bool) else value


class JsonRewritten(Habits):
    """Keeps JSON by its meaning: keys sorted by length, a blank after each sign (MySQL)."""

    def keep(self, column: Column, value: Any) -> Any:
        """Read, and written anew."""
        if column.kind != "json":
            return super().keep(column, value)
        return json.dumps(self.told(json.loads(value)), ensure_ascii=False)

    def told(self, value: Any) -> Any:
        """*value* with its keys in the order of the database."""
        if isinstance(value, dict):
            keys = sorted(value, key=lambda key: (len(key), key))
            return {key: self.told(value[key]) for key in keys}
        return [self.told(each) for each in value] if isinstance(value, list) else value


class JsonSpaced(JsonRewritten):
    """Keeps JSON by its meaning: the keys stay, blanks come in."""

    def told(self, value: Any) -> Any:
        """As it is."""
        return value


class BlanksTrimmed(Habits):
    """Takes blanks at the end off (CHAR columns; drivers that are set to trim)."""

    def give(self, column: Column, value: Any) -> Any:
        """Without them."""
        return value.rstrip(" ") if column.kind == "text" and isinstance(value, str) else value


class CaseIgnored(Habits):
    """Takes capitals and small letters for equal (utf8mb4_general_ci; SQL Server's default)."""

    def key(self, column: Column, value: Any) -> Any:
        """All of them small."""
        return value.casefold() if column.kind == "text" and isinstance(value, str) else value


class AccentsIgnored(Habits):
    """Takes letters with and without accents for equal (utf8mb4_0900_ai_ci)."""

    def key(self, column: Column, value: Any) -> Any:
        """Without the marks."""
        if column.kind != "text" or not isinstance(value, str):
            return value
        apart = unicodedata.normalize("NFD", value)
        return "".join(each for each in apart if not unicodedata.combining(each))


class WidthIgnored(Habits):
    """Takes full-width and half-width letters for equal (SQL Server without ``_WS``)."""

    def key(self, column: Column, value: Any) -> Any:
        """All of them half as wide."""
        if column.kind != "text" or not isinstance(value, str):
            return value
        return unicodedata.normalize("NFKC", value)


class MillisecondsOnly(Habits):
    """Cuts instants to milliseconds."""

    step = timedelta(milliseconds=1)

    def keep(self, column: Column, value: Any) -> Any:
        """Down to the step."""
        if column.kind != "instant":
            return super().keep(column, value)
        return value - (value - datetime.min.replace(tzinfo=UTC)) % self.step


class SecondsOnly(MillisecondsOnly):
    """Cuts instants to seconds (Oracle's DATE, MySQL's DATETIME without digits)."""

    step = timedelta(seconds=1)


class SecondsRounded(SecondsOnly):
    """Rounds instants to the nearest second (MySQL's DATETIME without digits)."""

    def keep(self, column: Column, value: Any) -> Any:
        """Up as well as down."""
        near = value + self.step / 2 if column.kind == "instant" else value
        return super().keep(column, near)


class LocalTime(Habits):
    """Keeps instants as the clock on the wall shows them: an hour of autumn comes twice."""

    def keep(self, column: Column, value: Any) -> Any:
        """Which of the two it was is lost."""
        if column.kind != "instant":
            return super().keep(column, value)
        return value.astimezone(BERLIN).replace(tzinfo=None, fold=0)

    def give(self, column: Column, value: Any) -> Any:
        """The first of the two."""
        if column.kind != "instant" or value is None:
            return value
        return value.replace(tzinfo=BERLIN).astimezone(UTC)


class ZoneDropped(Habits):
    """Keeps the digits of an instant without its zone, and takes them for UTC."""

    def keep(self, column: Column, value: Any) -> Any:
        """Nine o'clock anywhere is nine o'clock."""
        return (
            value.replace(tzinfo=UTC) if column.kind == "instant" else super().keep(column, value)
        )


class LocksNothing(Habits):
    """Reads ``FOR UPDATE SKIP LOCKED`` and locks nothing (TiDB)."""

    locks = False


class FourBytesReplaced(Habits):
    """Keeps three bytes of a character at most: of an emoji, a question mark (utf8mb3)."""

    def keep(self, column: Column, value: Any) -> Any:
        """A mark for each of them."""
        if column.kind in {"text", "json"} and isinstance(value, str):
            value = "".join("?" if each > "\uffff" else each for each in value)
        return super().keep(column, value)


class FourBytesRefused(Habits):
    """Refuses characters of four bytes."""

    def keep(self, column: Column, value: Any) -> Any:
        """Incorrect string value."""
        if (
            column.kind in {"text", "json"}
            and isinstance(value, str)
            and max(value, default="") > "\uffff"
        ):
            raise Unfit(column.kind)
        return super().keep(column, value)


class NulRefused(Habits):
    """Refuses a zero byte in text (PostgreSQL)."""

    def keep(self, column: Column, value: Any) -> Any:
        """Invalid byte sequence."""
        if column.kind in {"text", "json"} and "\0" in value:
            raise Unfit(column.kind)
        return super().keep(column, value)


class NumbersAsText(Habits):
    """Gives whole numbers back as text."""

    def give(self, column: Column, value: Any) -> Any:
        """Digits."""
        return str(value) if column.kind == "integer" and value is not None else value


class NumbersAsDecimals(Habits):
    """Gives whole numbers back as decimals (Oracle's NUMBER)."""

    def give(self, column: Column, value: Any) -> Any:
        """Equal, and of another kind."""
        return Decimal(value) if column.kind == "integer" and value is not None else value


class AnyOrder(Habits):
    """Gives rows in the order in which it finds them (all of them, some day)."""

    def rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Here the last one first."""
        return rows[::-1]


class CountsChanged(Habits):
    """Counts the rows that an update made different, not those it found (MySQL)."""

    counts_matched = False


class RollsNothingBack(Habits):
    """Commits every statement at once (a connection on which autocommit was left on)."""

    rolls_back = False
