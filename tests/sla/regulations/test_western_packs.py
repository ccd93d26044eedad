"""The packs of the Americas, Australia and India: what they hold, and what they leave out."""

import pytest

from workorder.errors import ConfigurationError
from workorder.sla.clocks import AdoptedPack
from workorder.sla.regulations import adopted, pack

ROWS = {
    "us_reg_e": """determine provisional_credit provisional_notice investigate45 investigate90
        new_account20 correct report honor_items consumer_notice written_confirmation loss_report
        remittance90 retention""",
    "us_reg_z": "ack resolve consumer_notice",
    "us_cfpb": "respond final",
    "au_rg271": "ack final credit21 super45 five_bd",
    "in_rbi": "rbi.final rbi.io_escalate tat.t5 tat.t1 rbi.shadow_reversal rbi.unauth90",
    "ca_bank_act": "bankact.deal bankact.retention bankact.quarterly ecb.final",
    "br_ouvidoria": "cmn4860.ouvidoria bcb.rdr",
}
PREFIX = {
    "us_reg_e": "us.rege",
    "us_reg_z": "us.regz",
    "us_cfpb": "us.cfpb",
    "au_rg271": "au.rg271",
    "in_rbi": "in",
    "ca_bank_act": "ca",
    "br_ouvidoria": "br",
}
UNVERIFIED = {
    "us.cfpb.respond",
    "au.rg271.ack",
    "au.rg271.five_bd",
    "in.rbi.final",
    "in.rbi.io_escalate",
    "in.tat.t5",
    "in.tat.t1",
    "in.rbi.shadow_reversal",
    "in.rbi.unauth90",
    "ca.ecb.final",
    "br.cmn4860.ouvidoria",
    "br.bcb.rdr",
}
TEMPLATES = ("us_cfpb", "in_rbi", "br_ouvidoria")


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_there_once_and_no_other(name: str) -> None:
    """A pack stands for exactly the periods that may ship, each in one clock."""
    wanted = {f"{PREFIX[name]}.{row}" for row in ROWS[name].split()}
    assert sorted(pack(name).rows) == sorted(wanted)


def test_what_was_only_read_about_is_a_template() -> None:
    """A clock is verified exactly if the words of its rule were read."""
    clocks = [each for name in ROWS for each in pack(name).clocks]
    assert {each.name for each in clocks if not each.verified} == UNVERIFIED
    assert all(each.verified == (each.confidence == "seen") for each in clocks)


def test_nothing_pauses_and_nothing_deems() -> None:
    """None of these rules names a pause, nor takes a receipt on a closed day as later."""
    for name in ROWS:
        for clock in pack(name).clocks:
            assert clock.pause is None, clock.name
            assert "deemed" not in str(clock.within), clock.name
            assert "counting the first day" not in str(clock.within), clock.name


def test_only_canada_rolls() -> None:
    """A last day moves only where the rule that moves it was read."""
    clocks = [each for name in ROWS for each in pack(name).clocks]
    rolling = {each.name for each in clocks if "rolling" in str(each.within)}
    assert rolling == {"ca.bankact.deal", "ca.bankact.quarterly"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_are_taken_on_purpose_or_not_at_all(name: str) -> None:
    """A pack of nothing but templates is refused unless the bank says that it knows."""
    with pytest.raises(ConfigurationError, match="unverified"):
        adopted(AdoptedPack(name))
    metrics, _ = adopted(AdoptedPack(name, unverified=True))
    assert [each.name for each in metrics] == [each.name for each in pack(name).measurable]
