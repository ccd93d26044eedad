"""Calendars written down: as plain data, and as the text of a calendar file."""

from typing import Any

from attrs import fields

from workorder.errors import ConfigurationError, Finding
from workorder.sla.calendar import BusinessCalendar
from workorder.sla.dates import Closed, DateRule, Hours
from workorder.sla.files.source_tables import source_data
from workorder.sla.opening_hours import times_text
from workorder.sla.week import DAY_NAMES
from workorder.toml import toml_text


def calendar_to_data(calendar: BusinessCalendar) -> dict[str, Any]:
    """The plain data of *calendar*, without what is as usual.

    ``calendar_from_data(calendar_to_data(calendar)) == calendar``.

    Raises:
        ConfigurationError: when its holidays come from a host's own source, which cannot be
            written down (:func:`~workorder.sla.files.pinning.pinned` makes a list of it).
    """
    if not isinstance(calendar, BusinessCalendar):
        found = type(calendar).__name__
        expected = "a BusinessCalendar; write down each calendar of a combination by itself"
        raise ConfigurationError([Finding("calendar", found, expected)])
    data: dict[str, Any] = {"zone": calendar.zone, "hours": str(calendar.hours)}
    if calendar.name:
        data = {"name": calendar.name, **data}
    usual = {each.name: each.default for each in fields(BusinessCalendar)}
    if calendar.breaks != usual["breaks"]:
        data["breaks"] = str(calendar.breaks)
    if calendar.short_days:
        data["short_days"] = times_text(calendar.short_days)
    if calendar.workday_like != usual["workday_like"]:
        data["workday_like"] = DAY_NAMES[calendar.workday_like]
    for name in ("substitutes", "horizon_years", "unpublished"):
        if getattr(calendar, name) != usual[name]:
            data[name] = getattr(calendar, name)
    if calendar.holidays is not None:
        data["holidays"] = source_data(calendar.holidays)
    if calendar.dates:
        data["dates"] = [{"date": day, **_rule(rule)} for day, rule in calendar.dates]
    if calendar.recurring:
        data["recurring"] = [
            {
                "rrule": each.rrule,
                **({} if each.since is None else {"since": each.since}),
                **_rule(each.rule),
            }
            for each in calendar.recurring
        ]
    return data


def calendar_to_toml(calendar: BusinessCalendar) -> str:
    """The text of a calendar file: ``calendar_from_toml(calendar_to_toml(calendar)) == calendar``.

    Raises:
        ConfigurationError: what :func:`calendar_to_data` raises.

    >>> print(calendar_to_toml(BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")))
    zone = "Asia/Shanghai"
    hours = "Mo-Fr 09:00-18:00"
    <BLANKLINE>
    [holidays]
    country = "CN"
    <BLANKLINE>
    """
    return toml_text(calendar_to_data(calendar), spread=("days",))


def _rule(rule: DateRule) -> dict[str, Any]:
    said: dict[str, Any]
    if isinstance(rule, Hours):
        said = {"hours": times_text(rule.spans)}
    elif isinstance(rule, Closed):
        said = {"closed": True}
    else:
        said = {"like": DAY_NAMES[rule.weekday]}
    return {**said, **({"reason": rule.reason} if rule.reason else {})}
