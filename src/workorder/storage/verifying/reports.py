"""Reports: what was looked at, and all that was found; the first damages kept, all counted."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from attrs import Factory, define, frozen

from workorder.storage.checkpoints import Checkpoint
from workorder.storage.verifying.damages import Damage
from workorder.texts import ENGLISH, is_chinese

KEPT = 100
"""How many damages a report keeps, unless told otherwise."""


@frozen
class Compared:
    """What the comparison with a checkpoint gave.

    Attributes:
        checkpoint: the checkpoint.
        records: how many records the log has; no more than the checkpoint is looked for.
        root: the root over them; ``None`` where there are too few.
    """

    checkpoint: Checkpoint
    records: int
    root: str | None

    @property
    def equal(self) -> bool:
        """Whether the log still begins with exactly the records of the checkpoint."""
        return self.root == self.checkpoint.root

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "checkpoint": self.checkpoint.as_data(),
            "records": self.records,
            "root": self.root,
            "equal": self.equal,
        }


@frozen
class Report:
    """What a verification found.

    Attributes:
        tickets: how many tickets were looked at.
        records: how many records.
        damages: the first that were found, as many as were to be kept.
        count: how many there are.
        codes: how many of each code.
        unreplayed: tickets that were not replayed to the end, because events of theirs are of types
            that are not known here.
        compared: what the comparison with a checkpoint gave, if one was given.
    """

    tickets: int
    records: int
    damages: tuple[Damage, ...]
    count: int
    codes: Mapping[str, int]
    unreplayed: int = 0
    compared: Compared | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.count == 0

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """As plain data, with sentences in *language*."""
        return {
            "sound": self.sound,
            "tickets": self.tickets,
            "records": self.records,
            "damages": [each.as_data(language) for each in self.damages],
            "count": self.count,
            "codes": dict(self.codes),
            "unreplayed": self.unreplayed,
            "checkpoint": None if self.compared is None else self.compared.as_data(),
        }

    def text(self, language: str = ENGLISH) -> str:
        """For people: what was looked at, the verdict, a line for each damage that was kept."""
        lines = _chinese(self) if is_chinese(language) else _english(self)
        return "\n".join([*lines, *(f"✗ {each.text(language)}" for each in self.damages)])


def _english(report: Report) -> list[str]:
    looked = f"{report.tickets:,} tickets, {report.records:,} records: "
    verdict = "sound" if report.sound else f"{report.count:,} damages"
    lines = [looked + verdict]
    if report.compared is not None:
        made = report.compared.checkpoint
        said = "equal" if report.compared.equal else "NOT equal"
        lines.append(f"checkpoint of {made.at:%Y-%m-%d %H:%M} UTC, {made.size:,} records: {said}")
    if report.unreplayed:
        lines.append(f"{report.unreplayed:,} tickets have events of unknown types: not replayed")
    if len(report.damages) < report.count:
        lines.append(f"the first {len(report.damages):,}:")
    return lines


def _chinese(report: Report) -> list[str]:
    looked = f"工单 {report.tickets:,} 张，记录 {report.records:,} 条："
    verdict = "完好" if report.sound else f"发现损坏 {report.count:,} 处"
    lines = [looked + verdict]
    if report.compared is not None:
        made = report.compared.checkpoint
        said = "一致" if report.compared.equal else "不一致"
        lines.append(f"检查点（{made.at:%Y-%m-%d %H:%M} UTC，{made.size:,} 条记录）：{said}")
    if report.unreplayed:
        lines.append(f"{report.unreplayed:,} 张工单含未知类型的事件，未重演")
    if len(report.damages) < report.count:
        lines.append(f"前 {len(report.damages):,} 处：")
    return lines


@define
class Tally:
    """Counts while a verification goes on.

    Attributes:
        limit: how many damages are kept.
    """

    limit: int = KEPT
    tickets: int = 0
    records: int = 0
    unreplayed: int = 0
    kept: list[Damage] = Factory(list)
    codes: Counter[str] = Factory(Counter)

    def found(self, ticket: str, sequence: int | None, code: str, **facts: object) -> None:
        """One more damage."""
        self.codes[code] += 1
        if len(self.kept) < self.limit:
            self.kept.append(Damage(ticket, sequence, code, facts))

    def add(self, other: "Tally") -> None:
        """All that *other* counted, behind what is here."""
        self.tickets += other.tickets
        self.records += other.records
        self.unreplayed += other.unreplayed
        self.codes += other.codes
        self.kept += other.kept[: max(0, self.limit - len(self.kept))]

    def report(self, compared: Compared | None = None) -> Report:
        """What was found."""
        return Report(
            self.tickets,
            self.records,
            tuple(self.kept),
            self.codes.total(),
            dict(sorted(self.codes.items())),
            self.unreplayed,
            compared,
        )
