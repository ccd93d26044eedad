"""The page of a dossier: its sections one after the other, and how to check what it says."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from workorder.dossier.clocks import clocks
from workorder.dossier.entries import CUSTOMER, DECISIONS, HANDOVERS, KEEPING
from workorder.dossier.markup import Markup, joined, styled, tag
from workorder.dossier.sections import Sections
from workorder.dossier.style import POLICY, STYLE
from workorder.instants import read_instant

VERIFIER_NAME = "verify_dossier.py"

SECTIONS: Mapping[str, Callable[[Sections], Markup]] = {
    "ticket": Sections.overview,
    "fields": Sections.form,
    "promises": Sections.promised,
    "clocks": clocks,
    "decisions": lambda made: made.entries.chosen(DECISIONS),
    "holds": Sections.holds,
    "handovers": lambda made: made.entries.chosen(HANDOVERS),
    "customer": lambda made: made.entries.chosen(CUSTOMER),
    "keeping": lambda made: made.entries.chosen(KEEPING),
    "links": Sections.links,
    "figures": Sections.figures,
    "trail": lambda made: made.entries.all(),
    "rulebooks": Sections.rulebooks,
}
"""In the order in which they stand."""


def verifier_source() -> str:
    """The program that checks a dossier, as it is shipped: one file, of the standard library alone.

    >>> verifier_source().splitlines()[0]
    '\"\"\"Check the dossier of a ticket, without the program that made it.'
    """
    return files("workorder.dossier").joinpath("verifier.py").read_text(encoding="utf-8")


def page_parts(made: Sections, made_by: str, proof: Mapping[str, Any] | None) -> tuple[str, str]:
    """What stands before the data of a page, and what stands behind them."""
    view = made.view
    title = view.told("title", ticket=made.ticket.id)
    head = tag(
        "head",
        tag("meta", attributes={"charset": "utf-8"}),
        tag("meta", attributes={"http-equiv": "Content-Security-Policy", "content": POLICY}),
        tag(
            "meta",
            attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"},
        ),
        tag("meta", attributes={"name": "referrer", "content": "no-referrer"}),
        tag("title", title),
        tag("style", Markup(STYLE)),
    )
    told = [_opening(made, title, made_by)]
    for key, section in SECTIONS.items():
        inside = section(made) or tag("p", view.told("none"))
        told.append(tag("section", tag("h2", view.told(key)), inside, attributes={"id": key}))
    told.append(_checking(made, proof))
    language = {"lang": view.language}
    opened = tag("html", head, tag("body", tag("main", *told)), attributes=language)
    before, after = opened[: -len("</body></html>")], "\n</body></html>\n"
    return f"<!DOCTYPE html>\n{before}\n", after


def _opening(made: Sections, title: str, made_by: str) -> Markup:
    view = made.view
    rulebook = view.rulebook
    type_ = view.type(made.ticket.type, rulebook)
    state = view.state(made.ticket.state, rulebook)
    told = view.told("made", at=view.moment(made.at), by=made_by, zone=str(view.zone))
    return tag(
        "header",
        tag("h1", title),
        tag("p", type_, " ", styled("state", state)),
        tag("p", told),
        styled("small", view.told("personal"), name="p"),
        *([] if made.entries.saying.texts else [tag("p", view.told("without_texts"))]),
    )


def _checking(made: Sections, proof: Mapping[str, Any] | None) -> Markup:
    view = made.view
    source = verifier_source()
    packed = b64encode(source.encode()).decode()
    link = {"href": f"data:text/x-python;base64,{packed}", "download": VERIFIER_NAME}
    told = [view.told(key) for key in ("check_what", "check_trust", "check_limits")]
    digest = hashlib.sha256(source.encode()).hexdigest()
    named = joined([view.told("program_digest"), " ", styled("digest", digest)])
    return tag(
        "section",
        tag("h2", view.told("checking")),
        *(tag("p", each) for each in [*told, _proven(made, proof)]),
        tag("p", tag("a", view.told("save"), attributes=link)),
        tag("p", named),
        tag("details", tag("summary", view.told("program")), tag("pre", source)),
        attributes={"id": "checking"},
    )


def _proven(made: Sections, proof: Mapping[str, Any] | None) -> str:
    """Of which checkpoint its entries are."""
    if proof is None:
        return made.view.told("without_checkpoint")
    checkpoint = proof["checkpoint"]
    return made.view.told(
        "with_checkpoint" if proof["sequence"] else "not_in_checkpoint",
        sequence=proof["sequence"],
        at=made.view.moment(read_instant(checkpoint["at"])),
        size=checkpoint["size"],
        root=checkpoint["root"],
    )
