"""Draw the pages of the reference about regulation packs, from the packs.

Started by hand (``python -m scripts.regulation_pages``) after a change of a pack. A test
compares the pages with what this program would write.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scripts.reference_pages import both, code, members, page, table
from workorder.conditions import Condition, to_data
from workorder.durations import DueAt, Duration
from workorder.sla import about, ready
from workorder.sla.due import instant_text
from workorder.sla.regulations import Extension, Pack, RegulatoryClock, pack, pack_names
from workorder.sla.telling import date_text
from workorder.texts import CHINESE, ENGLISH, Texts

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "regulations"
WRITTEN = "<!-- Written by scripts/regulation_pages.py from the packs. Do not edit by hand. -->"
RECEIVED = datetime(2026, 9, 25, 16)  # noqa: DTZ001 (a wall clock; each place has its own zone)
ADOPTING = """\
```toml
[sla.packs.cn_nfra_2020]
clocks = ["cn.nfra.decision"]
ladder = "usual"         # of [sla.ladders]
calendar = "counters"    # of [sla.calendars]; the usual one, if not given
when = { field = "type", eq = "complaint" }    # as the pack says, if not given
```"""
KINDS = {
    "limit": ("limit", "期限"),
    "pause": ("pause", "暂停"),
    "restart": ("counts anew", "重新计算"),
    "termination": ("end", "终止"),
    "retention": ("records", "留存"),
    "window": ("window", "窗口"),
}
DUTIES = {
    "bank": "the bank",
    "consumer": "the customer",
    "regulator": "the regulator",
    "ombudsman": "the ombudsman",
}
CONFIDENCES = {
    "seen": "the words of the rule were read",
    "secondary": "read in a secondary source; the words of the rule were not seen",
}
ON_A_TICKET = {
    "when": "on which tickets",
    "start": "starts",
    "stop": "is met",
    "pause": "pauses while",
    "cancel": "ends without a verdict",
    "reopen": "goes on again",
}


def pages() -> Mapping[Path, str]:
    """Every page, by its path."""
    packs = [pack(name) for name in pack_names()]
    drawn = {FOLDER / f"{each.name}.md": page(pack_page(each)) for each in packs}
    return {FOLDER / "index.md": page(index_page(packs)), **drawn}


def index_page(packs: list[Pack]) -> Iterator[str]:
    """What packs there are."""
    yield "# Regulation packs"
    yield WRITTEN
    yield (
        "Clocks that the law, a regulator or a regulator's manual sets, as data: each with its"
        " rule, the words that were read, where they were read, how sure that is, and by when to"
        " read again. **Nothing here is legal advice.** It was collected from public copies; a"
        " compliance officer of the bank reads the rule and signs before a pack is used."
    )
    yield (
        "监管规则包：以数据形式给出法律、监管规定设定的期限，注明条文、所读原文、出处、可信程度和复核日期。"
        "此处内容不构成法律意见。启用前须由本机构合规人员核对原文并签字。"
    )
    yield (
        "A clock that is *verified* is adopted with its pack. A *template* is off by default:"
        " it is taken with `unverified = true`, and then says so. What no ticket can measure is"
        " there to be read."
    )
    yield table(
        ("pack", "regime", "English", "中文", "clocks", "verified", "measured on tickets"),
        [
            (
                f"[`{each.name}`]({each.name}.md)",
                each.regime,
                *both(each.labels),
                str(len(each.clocks)),
                f"{sum(clock.verified for clock in each.clocks)}",
                code(clock.name for clock in each.measurable) or "none",
            )
            for each in packs
        ],
    )
    yield "## How a pack is adopted"
    yield "In a rulebook file, by its name; without `clocks`, all that are verified and measured:"
    yield ADOPTING
    yield (
        "A clock of a pack is owed to the law: no priority changes it, and no promise of the"
        " bank's own ends later while it runs. It pauses only where the rule has a pause. Waiting"
        " for the customer is none. Receipt is the instant in the ticket's field `received_at`,"
        " and the opening of the ticket where that is missing; a ticket that becomes a complaint"
        " by being reclassified or corrected gets the clock then."
    )
    yield "## workorder.sla.regulations"
    yield members("workorder.sla.regulations", "members:")
    names = [each.name for each in packs]
    yield "\n".join(("```{toctree}", ":hidden:", "", *names, "```"))


def pack_page(of: Pack) -> Iterator[str]:
    """One pack."""
    yield f"# {of.regime}: {of.labels[ENGLISH]}"
    yield WRITTEN
    yield f'{of.labels[CHINESE]}。`pack("{of.name}")` of `workorder.sla.regulations`.'
    yield of.note[ENGLISH]
    yield of.note[CHINESE]
    title = about(of.calendar).title
    yield (
        f"Applies where {condition(of.when)}, unless the adopter says otherwise. Examples count by"
        f" the ready calendar [`{of.calendar}`](../ready-calendars.md) ({title.text(ENGLISH)});"
        " a bank adopts with its own."
    )
    yield table(
        ("clock", "English", "中文", "what", "who must act", "within", "at most", "ships as"),
        [
            (
                f"[`{each.name}`](#{anchor(each)})",
                *both(each.labels),
                " · ".join(KINDS[each.kind]),
                DUTIES[each.duty],
                str(each.within or ""),
                str(each.extensions[-1].to) if each.extensions else "",
                "verified" if each.verified else "template",
            )
            for each in of.clocks
        ],
    )
    for each in of.clocks:
        yield from clock_part(each, of)


def anchor(clock: RegulatoryClock) -> str:
    """Where a clock stands on its page."""
    return clock.name.replace(".", "-").replace("_", "-")


def clock_part(clock: RegulatoryClock, of: Pack) -> Iterator[str]:
    """One clock."""
    yield f"({anchor(clock)})="
    yield f"## `{clock.name}`"
    english, chinese = both(clock.labels)
    shipped = (
        "Ships as verified."
        if clock.verified
        else "An **unverified template**, off by default: read the rule before it is used."
    )
    yield f"**{english}** · {chinese}. {shipped}"
    yield f"> {clock.quote}"
    yield table(("", ""), list(facts(clock)))
    for number, each in enumerate(clock.extensions, 1):
        yield f"### Extension {number} of `{clock.name}`: {each.to} altogether"
        yield table(("", "English", "中文"), list(extension(each)))
    if clock.note:
        yield clock.note[ENGLISH]
        yield clock.note[CHINESE]
    if clock.measurable:
        yield "On a ticket:"
        yield table(("", ""), list(on_a_ticket(clock)))
    elif clock.binding:
        yield "No ticket measures it: it is there to be read."
    if clock.within is not None:
        yield from example(clock, clock.within, of)


def facts(clock: RegulatoryClock) -> Iterator[tuple[str, str]]:
    """What is known about a clock."""
    if clock.within is not None:
        yield "within · 期限", f"{clock.within.text(ENGLISH)} · {clock.within.text(CHINESE)}"
    for name, texts in (
        ("counted · 计算", clock.counting),
        ("starts · 起算", clock.starts),
        ("met by · 达成", clock.met_by),
    ):
        if texts:
            yield name, said(texts)
    if clock.rows != (clock.name,):
        yield "stands for", code(clock.rows)
    yield "rule", clock.citation
    yield "read at", "<br>".join(map(linked, clock.sources))
    yield "confidence", f"{CONFIDENCES[clock.confidence]}; collected {clock.collected}"
    yield "read again by", str(clock.next_review)
    if clock.valid_from is not None or clock.valid_to is not None:
        since = f"from {clock.valid_from}" if clock.valid_from is not None else ""
        until = f"until {clock.valid_to}" if clock.valid_to is not None else ""
        yield "in force", f"{since} {until}".strip()


def said(texts: Texts) -> str:
    """Both languages in one cell."""
    english, chinese = both(texts)
    return f"{english}<br>{chinese}"


def linked(source: str) -> str:
    """A source, as a link if it is an address."""
    return f"<{source}>" if source.startswith("http") and " " not in source else source


def extension(each: Extension) -> Iterator[tuple[str, str, str]]:
    """What an extension asks for."""
    yield "when · 条件", *both(each.condition)
    yield "agreed by · 批准", *both(each.approver)
    yield "told · 告知", *both(each.notice)


def on_a_ticket(clock: RegulatoryClock) -> Iterator[tuple[str, str]]:
    """Its conditions."""
    for name, each in clock.conditions.items():
        yield ON_A_TICKET[name], condition(each)
    if clock.repeat:
        yield "repeats", "starts again after it was met"
    if clock.anchor != "at":
        yield "counts from", f"`{clock.anchor}`, or the opening where that is missing"
    if clock.per_case is not None:
        most = f"; at most {clock.per_case_most}" if clock.per_case_most is not None else ""
        yield "due instead at", f"`fields.{clock.per_case}`, where the ticket has it{most}"


def condition(each: Condition) -> str:
    """A condition as data."""
    return f"`{json.dumps(to_data(each), ensure_ascii=False)}`"


def example(clock: RegulatoryClock, within: Duration, of: Pack) -> Iterator[str]:
    """A due date, worked out."""
    assert not isinstance(within, DueAt)  # noqa: S101 (nothing ships that only asks for an instant)
    calendar = ready(of.calendar)
    received = RECEIVED.replace(tzinfo=ZoneInfo(str(calendar.timezone)))
    yield "For example · 示例:"
    yield f"```text\n{calendar.due(received, within).ledger.text()}\n```"
    for each in clock.extensions:
        due = calendar.due(received, each.to)
        shown = instant_text(due.instant, due.last_day)
        day = date_text(due.last_day, ENGLISH, year=True)
        yield f"Extended to {each.to}: due {shown} ({day})."


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"written: docs/reference/regulations/{path.name}")


if __name__ == "__main__":
    main()
