"""Regulation packs beside the rulebook that adopts them: what is worth a look."""

import pytest
from attrs import evolve

from tests.rulebook.level_samples import BOOK, TABLES
from workorder.intake import Field
from workorder.rulebook import Rulebook, bank, rulebook_from_toml, rulebook_warnings
from workorder.sla.clocks import AdoptedPack


def adopting(*packs: AdoptedPack) -> Rulebook:
    """The bank's rulebook with these packs beside its own promises."""
    sla = bank().sla
    assert sla is not None
    leading = tuple(each for each in sla.leading if each in {m.name for m in sla.metrics})
    return evolve(bank(), sla=evolve(sla, packs=packs, leading=leading))


def warned(rulebook: Rulebook) -> list[tuple[str, str]]:
    """Key and found of every warning."""
    found = rulebook_warnings(rulebook)
    assert all(each.severity == "warning" for each in found)
    return [(each.key, each.found) for each in found]


def test_a_pack_that_the_bank_can_keep() -> None:
    """The bank's rulebook has every action by which its clocks start and stop."""
    assert warned(adopting(AdoptedPack("cn_nfra_2020"))) == []
    assert warned(bank()) == []


def test_a_clock_that_never_stops() -> None:
    """A rulebook without the action that tells a customer never meets the law; that is told."""
    told = dict(warned(rulebook_from_toml(BOOK + TABLES)))
    assert list(told) == ["sla.packs.cn_nfra_2020.cn.nfra.decision"]
    found = told["sla.packs.cn_nfra_2020.cn.nfra.decision"]
    assert found.startswith("a clock that does not stop here: ")
    assert "action inform_customer" in found


@pytest.mark.parametrize(
    ("pack", "name"), [("us_reg_e", "new_account"), ("uk_disp", "payment_services")]
)
def test_an_exception_that_is_never_made(pack: str, name: str) -> None:
    """A field by which a rule tells cases apart, and which no form has, is told once."""
    book = adopting(AdoptedPack(pack, unverified=True))
    wanted = (f"sla.packs.{pack}", f"fields.{name}, a field that no form has")
    assert warned(book).count(wanted) == 1
    forms = tuple(evolve(f, fields=(*f.fields, Field(name, "flag"))) for f in book.forms)
    assert wanted not in warned(evolve(book, forms=forms))


def test_a_template_that_was_taken_on_purpose() -> None:
    """What nobody has verified is told, at the pack in which it stands."""
    told = warned(adopting(AdoptedPack("hk_ic4", unverified=True)))
    assert told
    assert all(key.startswith("sla.packs.hk_ic4.") for key, _ in told)
    assert all("unverified template" in found for _, found in told)
