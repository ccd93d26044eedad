"""A business calendar: a zone, the hours of a week, and what differs on which dates."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal
from zoneinfo import ZoneInfo

from attrs import evolve, field, fields, frozen

from workorder.errors import ConfigurationError, Finding
from workorder.sla.dates import RANK, Closed, DateRule, Hours, LikeWeekday, Recurring
from workorder.sla.epoch import EpochCalendar
from workorder.sla.holidays.source import DayKind, HolidaySource, SourceDay
from workorder.sla.opening_hours import weekday
from workorder.sla.reasons import REST, SKIPPED, WEEKLY, Reason, Why
from workorder.sla.verbs import Calendar, ordinal_of
from workorder.sla.week import DAY, DAY_NAMES, Minutes, Spans, WeeklyHours, read_spans, without
from workorder.sla.year import Told, Year, windows_of
from workorder.sla.zones import load_zone, offsets_between
from workorder.texts import Label

_LIKE: dict[type, Why] = {
    Closed: Why.CLOSED,
    Hours: Why.HOURS,
    LikeWeekday: Why.LIKE_WEEKDAY,
}


_NO_BREAKS = WeeklyHours([()] * 7)


def _week(value: Any) -> WeeklyHours:
    return value if isinstance(value, WeeklyHours) else WeeklyHours.parse(value)


def _breaks(value: Any) -> WeeklyHours:
    try:
        return _week(value)
    except ConfigurationError as error:
        found = [evolve(each, key=each.key.replace("hours", "breaks")) for each in error.findings]
        raise ConfigurationError(found) from None


def _source(value: object) -> HolidaySource | None:
    if isinstance(value, str):
        from workorder.sla.holidays.published import CountryHolidays

        return CountryHolidays(value)
    if value is None or (isinstance(value, HolidaySource) and not isinstance(value, type)):
        return value
    raise ConfigurationError(
        [Finding("holidays", repr(value), "a country such as “CN”, or a HolidaySource")]
    )


def _dates(value: Any) -> tuple[tuple[date, DateRule], ...]:
    try:
        made = [(day, rule) for day, rule in getattr(value, "items", lambda: value)()]
    except (TypeError, ValueError):
        raise ConfigurationError(
            [Finding("dates", repr(value), "rules by date: {date(2026, 2, 13): Closed(…)}")]
        ) from None
    found = [
        Finding(f"dates.{day}", repr(rule), "Closed, Hours or LikeWeekday on a date")
        for day, rule in made
        if type(rule) not in RANK or type(day) is not date
    ]
    listed = [day for day, _ in made if type(day) is date]
    found += [
        Finding(f"dates.{day}", f"{listed.count(day)} rules", "one rule")
        for day in sorted({each for each in listed if listed.count(each) > 1})
    ]
    if found:
        raise ConfigurationError(found)
    return tuple(sorted(made, key=lambda pair: pair[0]))


def _zone_name(value: Any) -> Any:
    return value.key if isinstance(value, ZoneInfo) else value


def _rules(value: Any) -> tuple[Recurring, ...]:
    made: tuple[Any, ...] = (value,)
    if isinstance(value, Iterable):
        made = tuple(value)
    found = [
        Finding("recurring", repr(each), "Recurring(rrule, rule)")
        for each in made
        if not isinstance(each, Recurring)
    ]
    if found:
        raise ConfigurationError(found)
    return made


def _short(value: object) -> Spans:
    return read_spans(value, "short_days") if value else ()


def _like(value: Any) -> Any:
    try:
        return weekday(value)
    except ConfigurationError:
        return value  # found with all other mistakes


@frozen
class BusinessCalendar(Calendar):
    """When a desk works. Immutable, hashable, comparable, picklable, safe among threads.

    Attributes:
        zone: IANA name of the zone in which dates begin and hours are meant.
        hours: of a week; text such as ``"Mo-Fr 09:00-12:00,13:30-18:00"``, or values.
        holidays: where holidays and substituted workdays come from; a country's code, a source,
            or None.
        dates: rules for single dates; they stand above everything else.
        recurring: rules for recurring dates.
        breaks: taken out of every day at the end, as weekly hours.
        substitutes: whether substituted workdays are worked (counters do, market desks do not).
        workday_like: the weekday whose hours a substituted workday has.
        short_days: the hours of days that the source calls short.
        name: for people.
        horizon_years: how far a search goes before it gives up with an error.
        unpublished: whether dates that are not official are flagged (``flag``) or refused
            (``refuse``).

    Raises:
        ConfigurationError: naming what was found and what was expected, for an unknown zone or
            country, spans that overlap, a week in which nothing is ever open, and so on.

    >>> desk = BusinessCalendar(
    ...     "Asia/Shanghai",
    ...     "Mo-Fr 09:00-12:00,13:30-18:00",
    ...     "CN",
    ...     dates={date(2026, 2, 13): Hours("09:00-12:00", "before the Spring Festival")},
    ... )
    >>> desk.is_working_day(date(2026, 10, 10)), desk.reason(date(2026, 10, 10)).text()
    (True, 'substituted workday')
    """

    zone: str = field(converter=_zone_name)
    hours: WeeklyHours = field(converter=_week)
    holidays: HolidaySource | None = field(default=None, converter=_source)
    dates: tuple[tuple[date, DateRule], ...] = field(default=(), converter=_dates, kw_only=True)
    recurring: tuple[Recurring, ...] = field(default=(), converter=_rules, kw_only=True)
    breaks: WeeklyHours = field(default=_NO_BREAKS, converter=_breaks, kw_only=True)
    substitutes: bool = field(default=True, kw_only=True)
    workday_like: int = field(default=0, converter=_like, kw_only=True)
    short_days: Spans = field(default=(), converter=_short, kw_only=True)
    name: str = field(default="", kw_only=True)
    horizon_years: int = field(default=10, kw_only=True)
    unpublished: Literal["flag", "refuse"] = field(default="flag", kw_only=True)
    _zone: ZoneInfo = field(init=False, eq=False, repr=False)
    _epoch: EpochCalendar = field(init=False, eq=False, repr=False)
    _usual: tuple[Minutes, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = list(self._mistakes())
        zone = None
        try:
            zone = load_zone(self.zone)
        except ConfigurationError as error:
            found += error.findings
        if found:
            raise ConfigurationError(found)
        put = object.__setattr__  # a frozen value sets what it works out once, here
        put(self, "_zone", zone)
        usual = tuple(self._unbroken(day, day, self.hours.days[day]) for day in range(7))
        put(self, "_usual", usual)
        if not any(usual) and not any(not isinstance(rule, Closed) for rule in self._rules()):
            expected = "at least one open span in a week, after breaks are taken out"
            raise ConfigurationError([Finding("hours", str(self.hours), expected)])
        source = self.holidays
        known = (source and source.published_from, source and source.published_through)
        epoch = EpochCalendar(
            self._year,
            horizon_years=self.horizon_years,
            known=(known[0] and known[0].toordinal(), known[1] and known[1].toordinal()),  # type: ignore[arg-type]  # no date is false
            refuses=self.unpublished == "refuse",
        )
        put(self, "_epoch", epoch)

    def _mistakes(self) -> Iterator[Finding]:
        if self.unpublished not in {"flag", "refuse"}:
            yield Finding("unpublished", repr(self.unpublished), "“flag” or “refuse”")
        if type(self.horizon_years) is not int or not 1 <= self.horizon_years <= 100:  # noqa: PLR2004
            yield Finding("horizon_years", repr(self.horizon_years), "1 to 100")
        like = self.workday_like
        if type(like) is not int or not 0 <= like < len(DAY_NAMES):
            yield Finding("workday_like", repr(like), f"a weekday: {', '.join(DAY_NAMES)}")
            return
        if type(self.substitutes) is not bool:
            yield Finding("substitutes", repr(self.substitutes), "True or False")
        kinds = self.holidays.kinds if self.holidays is not None else ()
        if DayKind.SHORT in kinds and not self.short_days:
            yield Finding("short_days", "nothing", "the hours of short days: “09:00-12:00”")
        if DayKind.WORKDAY in kinds and self.substitutes and not self.hours.days[like]:
            day = DAY_NAMES[like]
            yield Finding("workday_like", f"{day}, which has no hours", "a weekday with hours")

    def _rules(self) -> Iterable[DateRule]:
        yield from (rule for _, rule in self.dates)
        yield from (each.rule for each in self.recurring)

    def __reduce__(self) -> tuple[Any, ...]:
        given = {each.name: getattr(self, each.name) for each in fields(type(self)) if each.init}
        return _again, (type(self), given)

    @property
    def epoch(self) -> EpochCalendar:
        """The same verbs on whole microseconds since 1970-01-01T00:00Z."""
        return self._epoch

    @property
    def timezone(self) -> ZoneInfo:
        """The zone in which its dates begin and end."""
        return self._zone

    def reason(self, day: date) -> Reason:
        """Why *day* is open or closed."""
        number = ordinal_of(day, "day")
        told = self._epoch.year(day.year).told.get(number)
        if told is not None:
            return told[1]
        if not self._usual[day.weekday()]:
            return REST
        return WEEKLY if self._epoch.has_windows(number) else SKIPPED

    # --- working out a year -----------------------------------------------------------------

    def _year(self, year: int) -> Year:
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        source = self.holidays.days(year) if self.holidays is not None else {}
        told = dict(self._told(year, source))
        offsets = offsets_between(self._zone, first - 3, last + 4)
        opens, closes, days = windows_of(first, last, self._usual, told, offsets)
        estimated = sorted(day.toordinal() for day, each in source.items() if each.estimated)
        lines = (tuple(opens), tuple(closes), tuple(days))
        return Year(first, *lines, MappingProxyType(told), tuple(estimated), offsets)

    def _told(self, year: int, source: Mapping[date, SourceDay]) -> Iterator[tuple[int, Told]]:
        """The dates of *year* that differ from the week: hours and reason of each."""
        found: dict[date, Told] = {}
        for each in sorted(self.recurring, key=lambda recurring: RANK[type(recurring.rule)]):
            for day in each.dates(year):
                found.setdefault(day, self._by_rule(day, each.rule))
        for day, named in source.items():
            if named.kind is DayKind.HOLIDAY:
                found[day] = (), Reason(Why.HOLIDAY, named.name)
            elif named.kind is DayKind.WORKDAY and self.substitutes:
                found[day] = self._substituted(day), Reason(Why.WORKDAY, named.name)
            elif named.kind is DayKind.SHORT:
                usual, _ = found.get(day, (self._usual[day.weekday()], WEEKLY))
                if usual:  # a short day is no reason to open
                    hours = self._unbroken(day.weekday(), day.weekday(), self.short_days)
                    found[day] = hours, Reason(Why.SHORT_DAY, named.name)
        for day, rule in self.dates:
            if day.year == year:
                found[day] = self._by_rule(day, rule)
        for day, told in found.items():
            yield day.toordinal(), told

    def _by_rule(self, day: date, rule: DateRule) -> Told:
        reason = Reason(_LIKE[type(rule)], Label(rule.reason))
        if isinstance(rule, Closed):
            return (), reason
        if isinstance(rule, Hours):
            return self._unbroken(day.weekday(), day.weekday(), rule.spans), reason
        like = rule.weekday
        return self._unbroken(like, day.weekday(), self.hours.days[like]), reason

    def _substituted(self, day: date) -> Minutes:
        like = self.workday_like
        return self._unbroken(like, day.weekday(), self.hours.days[like])

    def _unbroken(self, like: int, weekday: int, spans: Spans) -> Minutes:
        """*spans* of a date without its breaks, and without those of the days beside it that
        reach past midnight.
        """
        breaks = self.breaks.days
        pauses = [(each.start, each.end) for each in breaks[like]]
        pauses += [(each.start + DAY, each.end + DAY) for each in breaks[(weekday + 1) % 7]]
        pauses += [(each.start - DAY, each.end - DAY) for each in breaks[(weekday - 1) % 7]]
        return without(tuple((each.start, each.end) for each in spans), tuple(pauses))


def _again(kind: type[BusinessCalendar], given: dict[str, Any]) -> BusinessCalendar:
    return kind(**given)
