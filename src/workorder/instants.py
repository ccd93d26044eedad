"""Instants: aware datetimes in UTC, and their one text form.

A datetime without a time zone means a different instant on every machine, so the
library refuses it at the door, by the name of the argument. Inside, every instant
is UTC with microseconds; zones come back only where something is shown.
"""

from datetime import UTC, datetime

from workorder.errors import InvalidInput


def aware(value: datetime, name: str) -> datetime:
    """Return *value* as the same instant in UTC.

    Raises:
        InvalidInput: ``naive_datetime`` when it has no zone, ``wrong_type`` when it is
            no datetime; both name the argument.

    >>> from datetime import timedelta, timezone
    >>> aware(datetime(2026, 9, 30, 16, 30, tzinfo=timezone(timedelta(hours=8))), "at")
    datetime.datetime(2026, 9, 30, 8, 30, tzinfo=datetime.timezone.utc)
    """
    if not isinstance(value, datetime):
        raise InvalidInput(
            "wrong_type", name=name, expected="a datetime", found=type(value).__name__
        )
    if value.tzinfo is UTC:
        return value
    try:
        naive = value.utcoffset() is None
        made = value if naive else value.astimezone(UTC)
    except (OverflowError, ValueError):  # too far away, or a NaT, which is a datetime by name only
        raise InvalidInput(
            "wrong_type", name=name, expected="an instant between the years 1 and 9999", found=value
        ) from None
    if naive:
        raise InvalidInput("naive_datetime", name=name)
    return made


def instant_text(value: datetime) -> str:
    """The text of an instant: UTC, microseconds, ``Z``; sorts as the instants do.

    >>> instant_text(datetime(2026, 9, 30, 8, 30, tzinfo=UTC))
    '2026-09-30T08:30:00.000000Z'
    """
    if value.tzinfo is not UTC:
        value = aware(value, "instant")
    return value.isoformat(timespec="microseconds")[:-6] + "Z"


def read_instant(text: str) -> datetime:
    """Read what :func:`instant_text` wrote (or any ISO 8601 text with an offset).

    Raises:
        InvalidInput: ``wrong_type`` for other text, ``naive_datetime`` without an offset.
    """
    try:
        value = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        raise InvalidInput(
            "wrong_type", name="instant", expected="ISO 8601 with an offset", found=str(text)
        ) from None
    if value.tzinfo is UTC:
        return value
    return aware(value, "instant")
