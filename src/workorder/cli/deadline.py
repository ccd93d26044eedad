"""``workorder deadline``: when something is due, and why."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from workorder.cli.output import print_json, say, shared, write_file


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "deadline",
        parents=[shared()],
        help="when something is due, and why",
        description="When something received at START is due; or, with --until, the open time "
        "between two instants.",
    )
    made.add_argument("start", help="instant of receipt, with its offset: 2026-09-30T16:30+08:00")
    made.add_argument(
        "duration",
        nargs="?",
        help="“3 working days”, “8 working hours”, “15 calendar days”, “T+1 by 17:00”…",
    )
    made.add_argument(
        "--calendar", required=True, help="a ready calendar (CN, GB-SCT…) or a .toml file"
    )
    made.add_argument("--hours", help="hours of a week instead of the calendar's own")
    made.add_argument("--roll-by", metavar="CALENDAR", help="by which calendar a last day rolls")
    made.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="NAME=INSTANT",
        help="an instant for durations such as “at promised_at” (repeat)",
    )
    made.add_argument("--until", help="the open time until this instant, instead of a due date")
    made.add_argument("--explain", action="store_true", help="every window and date, and why")
    made.add_argument("--svg", type=Path, metavar="FILE", help="also write a picture")
    made.set_defaults(run=run, misused=made.error)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from attrs import evolve

    from workorder.sla.ready import find_calendar

    if (arguments.duration is None) == (arguments.until is None):
        arguments.misused("give a duration, or --until INSTANT, and not both")
    calendar = find_calendar(arguments.calendar)
    if arguments.hours is not None:
        calendar = evolve(calendar, hours=arguments.hours)
    start = _instant(arguments.start, calendar)
    if arguments.until is not None:
        ledger = calendar.explain(start, until=_instant(arguments.until, calendar))
    else:
        roll_by = None if arguments.roll_by is None else find_calendar(arguments.roll_by)
        given = dict(_given(each, calendar) for each in arguments.given)
        due = calendar.due(start, arguments.duration, roll_by=roll_by, given=given)
        _refuse_unused(due.duration, rolls=roll_by is not None, given=given)
        ledger = due.ledger
    if arguments.svg is not None:
        write_file(arguments.svg, ledger.svg(arguments.lang), "--svg")
    if arguments.json:
        print_json(_data(ledger, arguments.lang))
    elif arguments.explain:
        print(ledger.text(arguments.lang))
        _say_known(ledger, arguments.lang)
    else:
        print(_line(ledger, arguments.lang))
        _say_known(ledger, arguments.lang)
    return 0


def _refuse_unused(duration: Any, *, rolls: bool, given: dict[str, datetime]) -> None:
    """An option that changes nothing is a mistake."""
    from workorder.durations import DueAt
    from workorder.errors import InvalidInput

    parts = [duration]
    for each in parts:
        parts += getattr(each, "of", ())
    if rolls and all(getattr(each, "roll", "none") == "none" for each in parts):
        expected = "a duration that rolls: “…, rolling forward”"
        raise InvalidInput("wrong_type", name="--roll-by", expected=expected, found=str(duration))
    named = {each.name for each in parts if isinstance(each, DueAt)}
    for name in given.keys() - named:
        expected = f"a duration that asks for it: “at {name}”"
        raise InvalidInput("wrong_type", name="--given", expected=expected, found=str(duration))


def _instant(text: str, calendar: Any) -> datetime:
    """An instant with its offset; without one, the error says what it would be here."""
    from workorder.errors import InvalidInput

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            "wrong_type", name="instant", expected="2026-09-30T16:30+08:00", found=text
        ) from None
    if found.utcoffset() is None:
        here = found.replace(tzinfo=calendar.timezone).isoformat(timespec="minutes")
        raise InvalidInput(
            "without_offset", found=text, zone=str(calendar.timezone), suggestion=here
        )
    return found


def _given(text: str, calendar: Any) -> tuple[str, datetime]:
    from workorder.errors import InvalidInput

    name, equals, instant = text.partition("=")
    if not equals:
        raise InvalidInput(
            "wrong_type", name="--given", expected="NAME=2026-09-30T16:30+08:00", found=text
        )
    return name, _instant(instant, calendar)


def _line(ledger: Any, lang: str) -> str:
    from workorder.sla.telling import length_text, moment_text

    if ledger.due is None:
        return length_text(ledger.total, lang)
    return f"{moment_text(ledger.end, ledger.due.last_day, lang)} {ledger.calendar.timezone}"


def _say_known(ledger: Any, lang: str) -> None:
    if ledger.provisional:
        known = ledger.calendar.published_from, ledger.calendar.published_through
        said = " - ".join("…" if each is None else str(each) for each in known)
        print(
            say(
                lang,
                f"Provisional: it depends on dates that are not official (known: {said}).",
                f"暂定：取决于尚未公布的日期（已知范围：{said}）。",
            )
        )


def _data(ledger: Any, lang: str) -> dict[str, Any]:
    data: dict[str, Any] = ledger.as_data(lang)
    through = ledger.calendar.published_through
    data["published_through"] = None if through is None else through.isoformat()
    due = ledger.due
    if due is not None:
        before = due.last_working_day
        data |= {
            "due": due.instant.isoformat(),
            "last_working_day": None if before is None else before.isoformat(),
            "digest": due.digest,
        }
    return data
