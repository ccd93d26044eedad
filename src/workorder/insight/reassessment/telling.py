"""A reassessment as tables, in English and Chinese."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from workorder.durations import WorkingDays
from workorder.insight.reassessment.outcomes import MONTH, RESULTS, Outcome
from workorder.instants import instant_text
from workorder.sla.clocks.pieces import duration_of
from workorder.sla.clocks.reading import Amount
from workorder.sla.telling import columns, length_text
from workorder.texts import CHINESE, ENGLISH, Texts, in_language, is_chinese

if TYPE_CHECKING:
    from workorder.insight.reassessment.result import Compliance, Reassessment

_WORDS: dict[str, Texts] = {
    "all": {ENGLISH: "All", CHINESE: "合计"},
    "clock": {ENGLISH: "clock", CHINESE: "时限"},
    "by": {ENGLISH: "By", CHINESE: "按"},
    MONTH: {ENGLISH: "month", CHINESE: "月份"},
    "priority": {ENGLISH: "priority", CHINESE: "优先级"},
    "type": {ENGLISH: "type", CHINESE: "类型"},
    "department": {ENGLISH: "department", CHINESE: "部门"},
    "total": {ENGLISH: "clocks", CHINESE: "数量"},
    "met": {ENGLISH: "met", CHINESE: "按时"},
    "missed": {ENGLISH: "missed", CHINESE: "超时"},
    "overdue": {ENGLISH: "overdue", CHINESE: "逾期未结"},
    "running": {ENGLISH: "running", CHINESE: "计时中"},
    "paused": {ENGLISH: "paused", CHINESE: "已暂停"},
    "cancelled": {ENGLISH: "cancelled", CHINESE: "已取消"},
    "share": {ENGLISH: "met %", CHINESE: "按时率 %"},
    "worst": {ENGLISH: "The worst", CHINESE: "超时最多"},
    "ticket": {ENGLISH: "ticket", CHINESE: "工单"},
    "target": {ENGLISH: "target", CHINESE: "目标"},
    "used": {ENGLISH: "used", CHINESE: "已用"},
    "over": {ENGLISH: "over", CHINESE: "超出"},
    "due": {ENGLISH: "due (UTC)", CHINESE: "到期（UTC）"},
    "ended": {ENGLISH: "ended (UTC)", CHINESE: "结束（UTC）"},
}


@frozen
class Shown:
    """A table.

    Attributes:
        title: what it shows.
        columns: what its columns are called.
        rows: its cells.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def word(name: str, language: str) -> str:
    """What *name* is called, if it has a name for people."""
    return in_language(_WORDS[name], language) if name in _WORDS else name


def headline(found: "Reassessment", language: str, metric: str | None = None) -> str:
    """How much was reassessed, and what was not known."""
    clocks, until = found.clocks(metric), instant_text(found.terms.until)
    if is_chinese(language):
        said = f"工单 {found.tickets:,} 张，时限 {clocks:,} 项，截至 {until}"
    else:
        said = f"{found.tickets:,} tickets, {clocks:,} clocks, until {until}"
    return "\n".join([said, *_unknown(found, language)])


def _unknown(found: "Reassessment", language: str) -> Iterator[str]:
    for rulebook, tickets in found.unknown.items():
        named = rulebook[:_SIGNS]
        if is_chinese(language):
            yield (
                f"注意：{tickets:,} 张工单所依据的规则手册（{named}…）未提供，"
                "其挂起原因是否暂停计时、何人为客户均不得而知，结果可能偏晚"
            )
        else:
            yield (
                f"Note: {tickets:,} tickets were decided by a rulebook that was not given "
                f"({named}…): what pauses there, and who is a customer, is not known, and they "
                "may look late"
            )


_SIGNS = 12


def tables(
    found: "Reassessment", language: str, *, by: Sequence[str], metric: str | None = None
) -> Iterator[Shown]:
    """Compliance in all, then by each name."""
    for name in ("", *by):
        title = word(name or "all", language)
        if name:
            space = "" if is_chinese(language) else " "
            title = f"{word('by', language)}{space}{title}"
        heads = [word("clock", language), *([word(name, language)] if name else [])]
        heads += [word(each, language) for each in ("total", *RESULTS, "share")]
        rows = found.compliance(name, metric=metric)
        yield Shown(title, tuple(heads), tuple(_row(found, each, language) for each in rows))


def _row(found: "Reassessment", row: "Compliance", language: str) -> tuple[object, ...]:
    share = None if row.share is None else f"{100 * row.share:.1f}"
    value = () if not row.by else (None if row.value is None else str(row.value),)
    label = found.label(row.metric).text(language)
    return (label, *value, row.total, *(row.counts[each] for each in RESULTS), share)


def worst_table(found: "Reassessment", outcomes: Sequence[Outcome], language: str) -> Shown:
    """The worst, a line each."""
    heads = ("ticket", "clock", "target", "used", "over", "due", "ended")
    rows = []
    for each in outcomes:
        target = duration_of(each.target)
        rows.append(
            (
                each.ticket.origin.key or each.ticket.id,
                found.label(each.metric).text(language),
                target.text(language),
                _amount(each, each.used, language),
                _amount(each, each.over, language),
                *(at and instant_text(at)[:16].replace("T", " ") for at in (each.due, each.ended)),
            )
        )
    return Shown(word("worst", language), tuple(word(n, language) for n in heads), tuple(rows))


def _amount(outcome: Outcome, amount: Amount | None, language: str) -> str | None:
    if amount is None:
        return None
    if not isinstance(amount, int):
        return length_text(amount, language)
    working = isinstance(duration_of(outcome.target), WorkingDays)
    if is_chinese(language):
        return f"{amount} 个工作日" if working else f"{amount} 日"
    return f"{amount} {'working ' if working else ''}{'day' if amount == 1 else 'days'}"


def reassessment_text(
    found: "Reassessment",
    language: str,
    *,
    by: Sequence[str],
    worst: int,
    metric: str | None = None,
) -> str:
    """All of it: how much, compliance, the worst, and why they are."""
    parts = [headline(found, language, metric)]
    parts += [_plain(each) for each in tables(found, language, by=by, metric=metric)]
    outcomes = found.worst(worst, metric=metric)
    if outcomes:
        parts.append(_plain(worst_table(found, outcomes, language)))
        parts += [found.account(each).text(language) for each in outcomes]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _plain(table: Shown) -> str:
    cells = [tuple(map(_cell, row)) for row in table.rows]
    wide = [
        max(columns(each) for each in column) for column in zip(table.columns, *cells, strict=True)
    ]
    lines = [table.title]
    for row in (table.columns, tuple("-" * each for each in wide), *cells):
        padded = (cell + " " * (w - columns(cell)) for cell, w in zip(row, wide, strict=True))
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else str(value)
