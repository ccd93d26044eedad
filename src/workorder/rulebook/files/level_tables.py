"""Reading service levels: the tables of ``[sla]``, which a file of their own has at its top."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, frozen

from workorder.conditions import ALWAYS, NEVER
from workorder.durations import CalendarDays
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook.files.calendars import Shelf, read_calendars
from workorder.rulebook.files.mistakes import within
from workorder.rulebook.files.parts import read_part, tables
from workorder.tables import Table, quoted

if TYPE_CHECKING:
    from workorder.sla.clocks import AdoptedPack, Ladder, Metric, Policy, ServiceLevels
    from workorder.sla.verbs import Calendar

T = TypeVar("T")

SLA = "sla"
"""The table of a rulebook file."""

_OF_PACKS = ("when", "calendar", "ladder")


@frozen(kw_only=True)
class LevelTables:
    """What the tables of service levels say, as far as they can be read.

    Attributes:
        metrics: what is measured.
        policies: which tickets get how long.
        ladders: who is told when.
        packs: the regulation packs.
        leading: metrics whose due instant is the ticket's.
        calendars: by name; ``None`` for those that cannot be read.
        calendar_names: how the file refers to them.
        departments: the name of the calendar of a department.
        prefix: of every key, ``sla.`` in a rulebook file.
        before: the keys of what could not be read.
    """

    metrics: "tuple[Metric, ...]"
    policies: "tuple[Policy, ...]"
    ladders: "tuple[Ladder, ...]"
    packs: "tuple[AdoptedPack, ...]"
    leading: tuple[str, ...]
    calendars: "Mapping[str, Calendar | None]"
    calendar_names: Mapping[str, str]
    departments: Mapping[str, str]
    prefix: str
    before: tuple[str, ...]

    def made(
        self,
        calendar: "Calendar | None",
        names: Mapping[str, str] | None = None,
    ) -> "tuple[ServiceLevels | None, tuple[Finding, ...]]":
        """The service levels, or what is wrong with them beside what could not be read.

        Args:
            calendar: the usual one, if it could be read.
            names: how the file refers to other calendars than those in its tables.
        """
        from workorder.sla.clocks import ServiceLevels

        wrong: list[Finding] = []
        packs = {each: self._adopted(each, wrong) for each in self.packs}
        anything = _open_always()
        try:
            levels = ServiceLevels(
                metrics=self.metrics,
                policies=self.policies,
                calendar=calendar or anything,
                calendars={name: each or anything for name, each in self.calendars.items()},
                calendar_names={**(names or {}), **self.calendar_names},
                departments=self.departments,
                ladders=self.ladders,
                leading=self.leading,
                packs=tuple(each for each, names in packs.items() if names is not None),
            )
        except ConfigurationError as error:
            whose = {name: each.name for each, names in packs.items() for name in names or ()}
            wrong += self._placed(error.findings, whose)
        else:
            if not wrong and calendar is not None:
                return levels, ()
        lost = None in packs.values()
        return None, tuple(
            each
            for each in wrong
            if not self._follows(each.key) and not (lost and self._of_a_pack(each))
        )

    def _adopted(self, pack: "AdoptedPack", wrong: list[Finding]) -> tuple[str, ...] | None:
        """What a finding may call the metrics and the policies of *pack*; ``None``, if it cannot
        be had: what is wrong with it is noted.
        """
        from workorder.sla.regulations import adopted

        try:
            metrics, policies = adopted(pack)
        except ConfigurationError as error:
            wrong += (evolve(each, key=self.prefix + each.key) for each in error.findings)
            return None
        return (
            *(f"metrics.{each.name}" for each in metrics),
            *(f"policies.{each.name}" for each in policies),
        )

    def _placed(self, found: Iterable[Finding], whose: Mapping[str, str]) -> list[Finding]:
        """What is wrong, where the file has it: of a pack, how it was adopted, and told once."""
        placed: list[Finding] = []
        of_packs: dict[str, Finding] = {}
        for each in found:
            pack = next((pack for name, pack in whose.items() if within(each.key, name)), None)
            if pack is None:
                placed.append(evolve(each, key=self.prefix + each.key))
                continue
            said, place = each.key.rpartition(".")[2], f"{self.prefix}packs.{pack}"
            key = f"{place}.{said}" if said in _OF_PACKS else place
            of_packs.setdefault(key, evolve(each, key=key))
        told = [each for key, each in of_packs.items() if f"{key}.when" not in of_packs]
        return [*placed, *told]

    def _of_a_pack(self, found: Finding) -> bool:
        """Whether what leads may be a clock of a pack: their names have dots."""
        return found.key == f"{self.prefix}leading" and "." in found.found

    def _follows(self, key: str) -> bool:
        """Whether what is wrong at *key* may follow from what could not be read."""
        policies, metrics = f"{self.prefix}policies", f"{self.prefix}metrics."
        if f"{self.prefix}calendars" in self.before and _names_a_calendar(key, self.prefix):
            return True
        if any(within(each, policies) for each in self.before) and key.startswith(metrics):
            return key.removeprefix(metrics) in {each.name for each in self.metrics}
        whose, _, rest = key.partition(".targets[")
        return rest.endswith(".when") and f"{whose}.when" in self.before


def _names_a_calendar(key: str, prefix: str) -> bool:
    """Whether a calendar is named at *key*."""
    return key.endswith(".calendar") or key.startswith(f"{prefix}departments.")


def read_sla(file: Table, shelf: Shelf) -> LevelTables | None:
    """The service levels of a rulebook file; ``None``, where it has none."""
    value = file.take(SLA, dict)
    if value is None:
        return None
    table = Table(value, SLA, file.wrong)
    said = read_levels(table, shelf, f"{SLA}.")
    table.finish()
    return said


def read_levels(table: Table, shelf: Shelf, prefix: str = "") -> LevelTables:
    """Service levels from the tables inside *table*; what is wrong is noted.

    Args:
        table: ``[sla]``, or the whole of a file of their own.
        shelf: where its calendars are.
        prefix: of the keys.
    """
    from workorder.sla.clocks import AdoptedPack

    begun = len(table.wrong)
    calendars = read_calendars(table, shelf)
    leading = table.texts("leading") or ()
    departments = _departments(table)
    ladders = tuple(_ladder(name, each) for name, each in tables(table, "ladders"))
    metrics = tuple(_metric(name, each) for name, each in tables(table, "metrics"))
    policies = tuple(_policy(name, each) for name, each in tables(table, "policies"))
    packs = tuple(
        read_part(AdoptedPack, each, given={"name": name}, instead=_never(each))
        or AdoptedPack(name)
        for name, each in tables(table, "packs")
    )
    return LevelTables(
        metrics=metrics,
        policies=policies,
        ladders=ladders,
        packs=packs,
        leading=leading,
        calendars=calendars,
        calendar_names={name: table.data["calendars"][name] for name in calendars},
        departments=departments,
        prefix=prefix,
        before=tuple(each.key for each in table.wrong[begun:]),
    )


def _departments(parent: Table) -> Mapping[str, str]:
    value = parent.take("departments", dict) or {}
    table = Table(value, parent.key("departments"), parent.wrong)
    taken = {name: table.take(name, str, "the name of one of the calendars") for name in value}
    return {name: each for name, each in taken.items() if each is not None}


def _ladder(name: str, table: Table) -> "Ladder":
    from workorder.sla.clocks import Ladder, Mark

    marks = tuple(_listed(Mark, table, "marks", {"at": ""}))
    return read_part(Ladder, table, given={"name": name, "marks": marks}) or Ladder(name, marks)


def _metric(name: str, table: Table) -> "Metric":
    """A metric; one whose conditions are wrong holds always where they stand."""
    from workorder.sla.clocks import Metric
    from workorder.sla.clocks.metric import CONDITIONS

    said = (each for each in CONDITIONS if each in table.data)
    instead = dict.fromkeys(("start", "stop", *said), ALWAYS)
    made = read_part(Metric, table, given={"name": name}, instead=instead)
    return made or Metric(name=name, start=ALWAYS, stop=ALWAYS)


def _policy(name: str, table: Table) -> "Policy":
    from workorder.sla.clocks import Policy, Target

    instead = {"metric": "", "within": CalendarDays(1)}
    given = {"name": name, "targets": tuple(_listed(Target, table, "targets", instead))}
    made = read_part(Policy, table, given=given, instead=_never(table))
    return made or Policy(name, given["targets"])  # type: ignore[arg-type]  # as they are given


def _listed(kind: type[T], parent: Table, name: str, instead: Mapping[str, Any]) -> Iterator[T]:
    """The values of a list of tables; where one is wrong another stands, so that each keeps its
    place.
    """
    for number, value in enumerate(parent.take(name, list, "a list of tables") or ()):
        key = f"{parent.key(name)}[{number}]"
        made = None
        if isinstance(value, Mapping):
            table = Table(value, key, parent.wrong)
            made = read_part(kind, table, instead={**instead, **_never(table)})
        else:
            parent.wrong.append(Finding(key, quoted(value), "a table"))
        yield made or kind(**instead)


def _never(table: Table) -> Mapping[str, Any]:
    """What stands for a ``when`` that is wrong: what applies to nothing."""
    return {"when": NEVER} if "when" in table.data else {}


def _open_always() -> "Calendar":
    """Stands for a calendar that cannot be read; nothing is ever out of its reach."""
    from workorder.sla import BusinessCalendar

    return BusinessCalendar("UTC", "Mo-Su 00:00-24:00", horizon_years=100)
