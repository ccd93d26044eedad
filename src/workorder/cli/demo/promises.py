"""Promises of a ticket, a line each: what, how long, until when, how it stands."""

from workorder.cli.demo.scene import Scene
from workorder.sla.clocks import ClockLedger
from workorder.sla.clocks.telling import left_text, state_text
from workorder.sla.telling import columns
from workorder.workflow import Actor


def promised(scene: Scene, ticket_id: str, actor: Actor, *, standing: bool = False) -> str:
    """The clocks of a ticket that go on; with *standing*, how each stands and what is left."""
    ledgers = scene.desk.explain(ticket_id, actor=actor).clocks
    said = _standing if standing else _until
    return aligned([said(each, scene) for each in ledgers if each.reading.clock.active])


def _until(ledger: ClockLedger, scene: Scene) -> tuple[str, ...]:
    reading, lang = ledger.reading, scene.story.lang
    return (reading.label.text(lang), reading.target.text(lang), scene.moment(reading.due))


def _standing(ledger: ClockLedger, scene: Scene) -> tuple[str, ...]:
    reading, lang = ledger.reading, scene.story.lang
    due = scene.moment(reading.due) if reading.due is not None else "-"
    left = left_text(reading, lang)
    return (reading.label.text(lang), state_text(reading.clock, lang), left, due)


def aligned(rows: list[tuple[str, ...]]) -> str:
    """*rows*, their cells one below the other."""
    wide = [max(columns(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell + " " * (wide[place] - columns(cell)) for place, cell in enumerate(row))
        for row in rows
    )
