"""``workorder calendar``: a month, a year, or what calendars there are."""

import argparse
import re
import sys
from typing import Any

from workorder.cli.output import print_json, print_table, say, shared

_COMPUTED = 2099
"""Years through which dates are only computed, by the law in force."""

_WHEN = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?")
_COLOURS = {
    "holiday": "red",
    "closed": "red",
    "workday": "bold green",
    "short_day": "yellow",
    "hours": "yellow",
    "like_weekday": "yellow",
    "rest": "dim",
}


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "calendar",
        parents=[shared()],
        help="a business calendar to look at: open, closed, and why",
        description="A month or a year of a business calendar, or the list of ready ones.",
    )
    made.add_argument("calendar", nargs="?", help="a ready calendar (CN, GB-SCT…) or a .toml file")
    made.add_argument("when", nargs="?", help="a month (2026-10), or a whole year (2026)")
    made.add_argument("--hours", help="hours of a week instead of its own: “Mo-Fr 09:00-17:00”")
    made.add_argument("--list", action="store_true", help="the ready calendars")
    made.set_defaults(run=run, misused=made.error)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.errors import InvalidInput

    if arguments.list:
        return _list(arguments)
    if arguments.calendar is None:
        arguments.misused("give a calendar (and a month), or --list")
    if arguments.when is None:
        return _about(arguments)
    found = _WHEN.fullmatch(arguments.when)
    if found is None:
        raise InvalidInput(
            "wrong_type", name="when", expected="2026-10 or 2026", found=arguments.when
        )
    calendar = _calendar(arguments)
    if found[2] is None:
        return _year(arguments, calendar, int(found[1]))
    from workorder.sla.month import month_of

    month = month_of(calendar, int(found[1]), int(found[2]))
    if arguments.json:
        print_json(month.as_data(arguments.lang) | _known(calendar))
        return 0
    _show(month, arguments.lang)
    _say_known(arguments.lang, calendar, provisional=month.provisional)
    return 0


def _calendar(arguments: argparse.Namespace) -> Any:
    from attrs import evolve

    from workorder.sla.ready import find_calendar

    found = find_calendar(arguments.calendar)
    return found if arguments.hours is None else evolve(found, hours=arguments.hours)


def _known(calendar: Any) -> dict[str, str | None]:
    through = calendar.published_through
    return {"published_through": None if through is None else through.isoformat()}


def _say_known(lang: str, calendar: Any, *, provisional: bool) -> None:
    through = calendar.published_through
    if through is None or (through.year >= _COMPUTED and not provisional):
        return  # no date needs an announcement
    mark = say(lang, " Dates with “?” are not official yet.", " 带“?”的日期尚未公布。")
    print(
        "\n"
        + say(lang, f"Holidays known through {through}.", f"节假日数据截至 {through}。")
        + (mark if provisional else "")
    )


def _show(month: Any, lang: str) -> None:
    """In colour on a terminal that has them, where rich is installed; in plain text elsewhere."""
    try:
        from rich.console import Console
        from rich.text import Text
    except ImportError:
        print(month.text(lang))
        return
    if not sys.stdout.isatty():
        print(month.text(lang))
        return
    from workorder.sla.month import cell_text

    text = Text(month.text(lang))
    for day in month.days:
        colour = _COLOURS.get(day.reason.why.value)
        if colour:
            text.highlight_regex(rf"(?<![0-9-]){re.escape(cell_text(day, lang))}(?= |$)", colour)
    Console(highlight=False).print(text)


def _year(arguments: argparse.Namespace, calendar: Any, year: int) -> int:
    from workorder.sla.month import mark, month_of
    from workorder.sla.telling import date_text, length_text

    lang = arguments.lang
    months = [month_of(calendar, year, number) for number in range(1, 13)]
    if arguments.json:
        data = {"year": year, "months": [month.as_data(lang) for month in months]}
        print_json(data | _known(calendar))
        return 0
    print_table(
        say(lang, f"Months of {year}", f"{year}年各月"),
        (
            say(lang, "month", "月份"),
            say(lang, "working days", "工作日"),
            say(lang, "open", "营业"),
        ),
        [
            (
                f"{year}-{each.month:02d}{'?' if each.provisional else ''}",
                each.working_days,
                length_text(each.open_time, lang),
            )
            for each in months
        ],
    )
    print_table(
        say(lang, "Dates that differ from the week", "与每周安排不同的日期"),
        (say(lang, "date", "日期"), "", say(lang, "why", "原因"), say(lang, "hours", "时段")),
        [
            (
                date_text(day.date, lang),
                mark(day, lang),
                day.reason.text(lang),
                ", ".join(f"{w.open:%H:%M}-{w.close:%H:%M}" for w in day.windows),
            )
            for each in months
            for day in each.exceptions
        ],
    )
    total = sum(each.working_days for each in months)
    print(say(lang, f"{total} working days in {year}.", f"{year} 年共 {total} 个工作日。"))
    _say_known(lang, calendar, provisional=any(each.provisional for each in months))
    return 0


def _about(arguments: argparse.Namespace) -> int:
    from workorder.sla.ready import about

    lang = arguments.lang
    known = about(arguments.calendar)
    if arguments.json:
        print_json(_as_data(known, lang))
        return 0
    print(f"{known.code}: {known.title.text(lang)}, {known.zone}, {known.hours}")
    print(known.covers.text(lang))
    for each in (*known.sources, *known.caveats):
        print(f"- {each.text(lang)}")
    return 0


def _as_data(known: Any, lang: str) -> dict[str, Any]:
    return {
        "code": known.code,
        "title": known.title.text(lang),
        "zone": known.zone,
        "hours": known.hours,
        "covers": known.covers.text(lang),
        "sources": [each.text(lang) for each in known.sources],
        "caveats": [each.text(lang) for each in known.caveats],
    }


def _list(arguments: argparse.Namespace) -> int:
    from workorder.sla.ready import about, ready_codes

    lang = arguments.lang
    known = [about(code) for code in ready_codes()]
    if arguments.json:
        print_json({"calendars": [_as_data(each, lang) for each in known]})
        return 0
    print_table(
        say(lang, "Ready calendars", "现成日历"),
        (
            say(lang, "code", "代码"),
            say(lang, "for", "适用"),
            say(lang, "zone", "时区"),
            say(lang, "hours", "时段"),
        ),
        [(each.code, each.title.text(lang), each.zone, each.hours) for each in known],
    )
    print(
        say(
            lang,
            "Hours are a placeholder: --hours, or a file of your own. The institution's own "
            "calendar decides; `workorder calendar CODE` tells sources and caveats.",
            "时段仅为占位：可用 --hours 或自己的文件替换。以机构自己的日历为准；"
            "来源与注意事项见 workorder calendar 代码。",
        )
    )
    return 0
