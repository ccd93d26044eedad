"""What ships: every period that was collected, in order, and what became of it."""

import pytest

from workorder.durations import Dated, Duration, Elapsed
from workorder.sla.regulations import RegulatoryClock, pack, pack_names

VERIFIED, TEMPLATE, OUT = "verified", "template", "stays out"

# Typed in from the notes on the rules: whether a period ships, and how long it is. Rows that stay
# out were known from memory only, are superseded, or bind nobody here.
ROWS = {
    "cn.nfra.decision.simple": (VERIFIED, "15 calendar days"),
    "cn.nfra.decision.complex": (VERIFIED, "30 calendar days"),
    "cn.nfra.decision.extended": (VERIFIED, "60 calendar days"),
    "cn.nfra.pause.external_appraisal": (VERIFIED, ""),
    "cn.nfra.restart.new_facts": (TEMPLATE, ""),
    "cn.nfra.withdrawal": (VERIFIED, ""),
    "cn.nfra.review.apply": (TEMPLATE, "30 calendar days"),
    "cn.nfra.review.decide": (OUT, ""),
    "cn.nfra.regulator.forward": (OUT, ""),
    "cn.pbc.reply.forwarded": (TEMPLATE, "15 calendar days"),
    "cn.pbc.reply.extended": (TEMPLATE, "60 calendar days"),
    "cn.pbc.breach.report": (TEMPLATE, "72 elapsed hours"),
    "cn.pbc.retention": (TEMPLATE, "3 years"),
    "cn.12345.weifang.reply": (TEMPLATE, "5 working days"),
    "cn.cbrc.2012.legacy": (OUT, ""),
    "hk.ic4.ack": (TEMPLATE, "7 calendar days"),
    "hk.ic4.final": (TEMPLATE, "30 calendar days"),
    "hk.ic4.final_complex": (TEMPLATE, "60 calendar days"),
    "sg.fachr.ack": (VERIFIED, "2 working days"),
    "sg.fachr.final": (VERIFIED, "20 working days"),
    "sg.fachr.retention": (VERIFIED, "5 years"),
    "tw.fcpa.handle": (VERIFIED, "30 calendar days"),
    "tw.fcpa.refer": (TEMPLATE, "60 calendar days"),
    "mo.amcm.regulator": (OUT, ""),
    "uk.disp.src": (VERIFIED, "3 working days"),
    "uk.disp.ack": (VERIFIED, ""),
    "uk.disp.final": (VERIFIED, "8 weeks"),
    "uk.disp.psd.final": (VERIFIED, "15 working days"),
    "uk.disp.psd.max": (VERIFIED, "35 working days"),
    "uk.disp.fos": (VERIFIED, "6 months"),
    "uk.psr2017.reg76": (VERIFIED, "1 working day"),
    "uk.psr.app_scam": (TEMPLATE, "5 working days"),
    "eu.psd2.101.reply": (VERIFIED, "15 working days"),
    "eu.psd2.101.max": (VERIFIED, "35 working days"),
    "eu.psd2.73.refund": (VERIFIED, "1 working day"),
    "ie.cpc.ack": (TEMPLATE, "5 working days"),
    "ie.cpc.update": (TEMPLATE, "20 working days"),
    "ie.cpc.final": (TEMPLATE, "40 working days"),
    "ie.cpc.outcome": (TEMPLATE, "5 working days"),
    "us.rege.determine": (VERIFIED, "10 working days"),
    "us.rege.provisional_credit": (VERIFIED, "10 working days"),
    "us.rege.provisional_notice": (VERIFIED, "2 working days"),
    "us.rege.investigate45": (VERIFIED, "45 calendar days"),
    "us.rege.investigate90": (VERIFIED, "90 calendar days"),
    "us.rege.new_account20": (VERIFIED, "20 working days"),
    "us.rege.correct": (VERIFIED, "1 working day"),
    "us.rege.report": (VERIFIED, "3 working days"),
    "us.rege.honor_items": (VERIFIED, "5 working days"),
    "us.rege.consumer_notice": (VERIFIED, "60 calendar days"),
    "us.rege.written_confirmation": (VERIFIED, "10 working days"),
    "us.rege.loss_report": (VERIFIED, "2 working days"),
    "us.rege.remittance90": (VERIFIED, "90 calendar days"),
    "us.rege.retention": (VERIFIED, "2 years"),
    "us.regz.ack": (VERIFIED, "30 calendar days"),
    "us.regz.resolve": (VERIFIED, "the earliest of 2 billing cycles and 90 calendar days"),
    "us.regz.consumer_notice": (VERIFIED, "60 calendar days"),
    "us.cfpb.respond": (TEMPLATE, "15 calendar days"),
    "us.cfpb.final": (TEMPLATE, "60 calendar days"),
    "au.rg271.ack": (TEMPLATE, "the latest of 24 elapsed hours and 1 working day"),
    "au.rg271.final": (VERIFIED, "30 calendar days"),
    "au.rg271.credit21": (VERIFIED, "21 calendar days"),
    "au.rg271.super45": (VERIFIED, "45 calendar days"),
    "au.rg271.five_bd": (TEMPLATE, "5 working days"),
    "in.rbi.final": (TEMPLATE, "30 calendar days"),
    "in.rbi.io_escalate": (TEMPLATE, "20 calendar days"),
    "in.rbi.ombudsman_window": (OUT, ""),
    "in.tat.t5": (TEMPLATE, "5 calendar days"),
    "in.tat.t1": (TEMPLATE, "1 calendar day"),
    "in.rbi.shadow_reversal": (TEMPLATE, "10 working days"),
    "in.rbi.unauth90": (TEMPLATE, "90 calendar days"),
    "ca.bankact.deal": (VERIFIED, "56 calendar days"),
    "ca.bankact.retention": (VERIFIED, "7 years"),
    "ca.bankact.quarterly": (VERIFIED, "60 calendar days"),
    "ca.ecb.final": (TEMPLATE, "120 calendar days"),
    "br.cmn4860.ouvidoria": (TEMPLATE, "10 working days"),
    "br.cmn4860.ext": (OUT, ""),
    "br.bcb.rdr": (TEMPLATE, "10 working days"),
}


def of_rows() -> dict[str, tuple[RegulatoryClock, Duration | None]]:
    """Each row that ships, with its clock and its period."""
    found: dict[str, tuple[RegulatoryClock, Duration | None]] = {}
    for name in pack_names():
        for clock in pack(name).clocks:
            steps = [clock.within, *(each.to for each in clock.extensions)]
            for number, row in enumerate(clock.rows):
                found[row] = clock, steps[number]
    return found


SHIPPED = of_rows()


def in_short(duration: Duration | None) -> str:
    """How long, without the rules of counting."""
    if isinstance(duration, Dated):
        return duration.text().split(",")[0]
    if isinstance(duration, Elapsed):
        return duration.text()
    parts = getattr(duration, "of", ())
    kind = type(duration).__name__.lower()
    return f"the {kind} of {' and '.join(map(in_short, parts))}" if parts else ""


def test_what_ships_is_what_was_collected() -> None:
    """Every row that may ship does, none that must not, and nothing besides."""
    assert set(SHIPPED) == {row for row, (ships, _) in ROWS.items() if ships != OUT}


@pytest.mark.parametrize("row", [row for row, (ships, _) in ROWS.items() if ships != OUT])
def test_shipped_row_is_as_it_was_collected(row: str) -> None:
    """It is verified or a template, and as long, as the notes say."""
    clock, duration = SHIPPED[row]
    ships, length = ROWS[row]
    assert clock.verified is (ships == VERIFIED)
    assert in_short(duration) == length


def test_names_of_packs() -> None:
    """These packs ship; the list is a promise."""
    assert pack_names() == (
        "au_rg271",
        "br_ouvidoria",
        "ca_bank_act",
        "cn_12345",
        "cn_nfra_2020",
        "cn_pbc_2020",
        "eu_psd2",
        "hk_ic4",
        "ie_cpc",
        "in_rbi",
        "sg_fachr",
        "tw_fcpa",
        "uk_disp",
        "us_cfpb",
        "us_reg_e",
        "us_reg_z",
    )
