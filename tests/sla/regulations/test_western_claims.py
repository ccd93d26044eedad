"""Wrong claims that go round about these rules: none of them is in a pack.

Each test is named for the claim, and fails if somebody writes it in.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from workorder.durations import CalendarDays, WorkingDays
from workorder.sla import ready
from workorder.sla.regulations import Pack, pack


def _said(of: Pack) -> str:
    """All texts of a pack, with its citations, quotes and periods."""
    return "\n".join(_texts(of)).lower()


def _texts(of: Pack) -> Iterator[str]:
    yield from of.note.values()
    for clock in of.clocks:
        yield from (clock.name, str(clock.within), clock.citation, clock.quote, *clock.sources)
        texts: tuple[Mapping[str, str], ...] = (
            clock.labels,
            clock.counting,
            clock.starts,
            clock.met_by,
            clock.note,
        )
        yield from (text for each in texts for text in each.values())
        yield from (str(each.to) for each in clock.extensions)


def test_claim_that_unauthorised_transactions_have_90_working_days_in_india() -> None:
    """They are 90 days: counted as working days, the answer would come weeks too late."""
    within = pack("in_rbi").by_name["in.rbi.unauth90"].within
    assert within == CalendarDays(90)
    received = datetime.fromisoformat("2026-09-01T10:00+05:30")
    desk = ready("IN-MH")
    # 30 September is 29, 31 October is 60, 30 November is 90.
    assert desk.due(received, within).text() == "2026-11-30 24:00"
    wrong = desk.due(received, WorkingDays(90))
    assert (wrong.instant - desk.due(received, within).instant).days > 14


def test_claim_that_customers_have_90_days_to_go_to_the_ombudsman_in_india() -> None:
    """What the scheme of 2026 gives them was not read: there is no such window at all."""
    clocks = pack("in_rbi").clocks
    assert "in.rbi.ombudsman_window" not in pack("in_rbi").rows
    assert not [each.name for each in clocks if each.duty != "bank" or each.kind == "window"]
    assert [each.name for each in clocks if "90" in str(each.within)] == ["in.rbi.unauth90"]


def test_claim_that_the_ouvidoria_may_extend_to_15_days_in_brazil() -> None:
    """Its extension was not read, so there is none: not to 15 days, nor to any other number."""
    clock = pack("br_ouvidoria").by_name["br.cmn4860.ouvidoria"]
    assert clock.within == WorkingDays(10)
    assert clock.extensions == ()
    periods = [each.within for each in pack("br_ouvidoria").clocks]
    periods += [step.to for each in pack("br_ouvidoria").clocks for step in each.extensions]
    assert not [str(each) for each in periods if "15" in str(each)]


def test_claim_that_a_paraphrase_is_the_text_of_regulation_z() -> None:
    """1026.13(c) has two numbered limits; the sentence that goes round is not among them."""
    said = _said(pack("us_reg_z"))
    assert "acknowledgment is not required if" not in said
    assert "shall, within 30 days" not in said
    clocks = pack("us_reg_z").by_name
    assert clocks["us.regz.ack"].citation.endswith("1026.13(c)(1)")
    assert clocks["us.regz.resolve"].citation.endswith("1026.13(c)(2)")
    assert "unless the creditor has complied" in clocks["us.regz.ack"].quote


def test_claim_that_rg_271_has_paragraphs_271_28_and_271_56_d_on_this() -> None:
    """These numbers were invented; the periods stand in Table 2 and RG 271.56-.59, .80-.93."""
    said = _said(pack("au_rg271"))
    assert "271.28" not in said
    assert "271.56(d)" not in said
    clocks = pack("au_rg271").by_name
    assert "RG 271.56, Table 2" in clocks["au.rg271.final"].citation
    assert "RG 271.80-.93" in clocks["au.rg271.credit21"].citation
