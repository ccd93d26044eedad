"""Holidays typed in for some years, so that no later version of a package can change an answer."""

from datetime import date

from attrs import evolve

from workorder.errors import InvalidInput
from workorder.sla.calendar import BusinessCalendar
from workorder.sla.epoch import FIRST_YEAR, LAST_YEAR
from workorder.sla.holidays.source import ListedHolidays, SourceDay
from workorder.texts import ENGLISH, Label


def pinned(calendar: BusinessCalendar, first_year: int, last_year: int) -> BusinessCalendar:
    """*calendar* with the holidays of some years as a list, and no other source.

    Within these years it gives the same answers, flags and reasons as before, in every later
    version of the ``holidays`` package, and has the same
    :meth:`~workorder.sla.Calendar.content_digest`. Other years are not official any more. What
    was not official stays so. A calendar without holidays is its own pinned form.

    Raises:
        InvalidInput: ``wrong_type`` unless both are years, in order; ``unpublished`` when no date
            of these years is official.

    >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
    >>> kept = pinned(desk, 2025, 2026)
    >>> kept.content_digest(2025, 2026) == desk.content_digest(2025, 2026)
    True
    >>> kept.published_from, kept.published_through
    (datetime.date(2025, 1, 1), datetime.date(2026, 12, 31))
    """
    if not isinstance(calendar, BusinessCalendar):
        expected = "a BusinessCalendar; pin each calendar of a combination by itself"
        found = type(calendar).__name__
        raise InvalidInput("wrong_type", name="calendar", expected=expected, found=found)
    for name, year, least in (
        ("first_year", first_year, FIRST_YEAR),
        ("last_year", last_year, first_year),
    ):
        if type(year) is not int or not least <= year <= LAST_YEAR:
            expected = f"a year from {least} to {LAST_YEAR}"
            raise InvalidInput("wrong_type", name=name, expected=expected, found=year)
    source = calendar.holidays
    if source is None:
        return calendar
    begin, end = date(first_year, 1, 1), date(last_year, 12, 31)
    known = (source.published_from or begin, source.published_through or end)
    if known[0] > end or known[1] < begin:
        said = f"{source.published_from or '…'} - {source.published_through or '…'}"
        raise InvalidInput("unpublished", date=str(begin), known=said)
    days = [
        (day, evolve(said, name=_plain(said)))
        for year in range(first_year, last_year + 1)
        for day, said in source.days(year).items()
    ]
    return evolve(calendar, holidays=ListedHolidays(days, max(begin, known[0]), min(end, known[1])))


def _plain(said: SourceDay) -> Label:
    """Its name; without the texts when they only repeat it."""
    texts = dict(said.name.texts)
    return Label(said.name.name) if texts == {ENGLISH: said.name.name} else said.name
