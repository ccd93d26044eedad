import re
from datetime import date

import pytest

from tests.sla.regulations.complaints import under
from workorder.conditions import ALWAYS, NEVER, where
from workorder.durations import parse
from workorder.errors import ConfigurationError
from workorder.sla.clocks import AdoptedPack, Ladder, Mark, ServiceLevels, Target
from workorder.sla.clocks.metric import Metric
from workorder.sla.regulations import adopted, cautions, pack


def names(how: AdoptedPack) -> list[str]:
    """The metrics of a pack as it is adopted."""
    return [each.name for each in adopted(how)[0]]


def test_verified_clocks_are_adopted_unless_others_are_named() -> None:
    """Without names, what is adopted is what binds the bank, can be measured and is verified."""
    assert names(AdoptedPack("cn_nfra_2020")) == ["cn.nfra.decision"]
    assert names(AdoptedPack("uk_disp")) == ["uk.disp.final", "uk.disp.psd.final"]
    assert names(AdoptedPack("uk_disp", clocks=("uk.disp.psd.final",))) == ["uk.disp.psd.final"]


@pytest.mark.parametrize("clocks", [(), ("hk.ic4.ack",)], ids=["all", "by name"])
def test_template_is_refused_unless_it_is_asked_for(clocks: tuple[str, ...]) -> None:
    """A clock that ships unverified is named, with how to take it on purpose."""
    with pytest.raises(ConfigurationError) as refused:
        adopted(AdoptedPack("hk_ic4", clocks=clocks))
    (found,) = refused.value.findings
    assert found.key == "packs.hk_ic4.clocks"
    assert "hk.ic4.ack" in found.found
    assert "unverified" in found.found
    assert "unverified = true" in found.expected


def test_template_is_taken_on_purpose() -> None:
    """With unverified = true the templates are adopted, all or those that are named."""
    assert names(AdoptedPack("hk_ic4", unverified=True)) == ["hk.ic4.ack", "hk.ic4.final"]
    one = AdoptedPack("hk_ic4", clocks=("hk.ic4.final",), unverified=True)
    assert names(one) == ["hk.ic4.final"]


def test_unknown_pack_is_refused_with_the_nearest() -> None:
    """A misspelt pack is answered with the names that are near."""
    with pytest.raises(ConfigurationError) as refused:
        adopted(AdoptedPack("cn_nfra_2002"))
    (found,) = refused.value.findings
    assert found.key == "packs.cn_nfra_2002"
    assert "cn_nfra_2020" in found.expected


def test_every_wrong_clock_is_named_at_once() -> None:
    """Unknown names and clocks that no ticket measures are all found, with the nearest names."""
    clocks = ("uk.disp.finale", "uk.disp.fos", "uk.disp.final")
    with pytest.raises(ConfigurationError) as refused:
        adopted(AdoptedPack("uk_disp", clocks=clocks))
    first, second = refused.value.findings
    assert first.found == "uk.disp.finale"
    assert "uk.disp.final" in first.expected
    assert second.found.startswith("uk.disp.fos, which no ticket measures")


def test_mistake_is_found_when_service_levels_are_made() -> None:
    """Service levels with a pack that cannot be adopted cannot be made."""
    with pytest.raises(ConfigurationError, match="unverified templates"):
        under(AdoptedPack("ie_cpc"), calendar="IE")


def test_metric_owes_to_the_law() -> None:
    """It is statutory, keeps its verdict, and can be extended only where the rule says so."""
    (decision,), _ = adopted(AdoptedPack("cn_nfra_2020", ladder="usual"))
    assert decision.statutory
    assert (decision.on_reopen, decision.on_change) == ("keep", "keep_elapsed")
    assert decision.extendable
    assert decision.ladder == "usual"
    assert decision.labels == pack("cn_nfra_2020").by_name["cn.nfra.decision"].labels
    (handle,), _ = adopted(AdoptedPack("tw_fcpa"))
    assert not handle.extendable
    assert handle.pause == NEVER


def test_policy_is_the_packs_own() -> None:
    """It has the pack's name, stands before those of the bank, and says when and how long."""
    _, (policy,) = adopted(AdoptedPack("cn_nfra_2020", calendar="counters"))
    assert (policy.name, policy.order) == ("cn_nfra_2020", 10)
    assert policy.when == where("type").equals("complaint")
    (target,) = policy.targets
    assert target.calendar == "counters"
    assert str(target.within) == "15 calendar days"
    assert [str(each) for each in target.extends_to] == ["30 calendar days", "60 calendar days"]


def test_adopter_says_on_which_tickets() -> None:
    """The adopter's own condition takes the place of the pack's."""
    mine = where("type").one_of(("complaint", "report"))
    _, (policy,) = adopted(AdoptedPack("cn_nfra_2020", when=mine))
    assert policy.when == mine


def test_order_that_carries_its_limit_is_asked_first() -> None:
    """A clock with an instant of its own per case has that target before the period."""
    _, (policy,) = adopted(AdoptedPack("cn_12345", unverified=True))
    assert [str(each.within) for each in policy.targets] == ["at order_due", "5 working days"]


def test_priority_never_stands_in_a_target() -> None:
    """No condition of any pack asks for a priority, and a bank's own targets change nothing."""
    own = Metric(name="resolution", start=ALWAYS, stop=where("state").equals("closed"))
    levels = under(
        AdoptedPack("cn_nfra_2020"),
        metrics=(own,),
        targets=(Target("resolution", parse("90 calendar days"), where("priority").equals(4)),),
    )
    assert "priority" in levels.selectors["resolution"]
    assert "priority" not in levels.selectors["cn.nfra.decision"]


def test_ladder_must_be_there() -> None:
    """The ladder that is named must be one of the service levels."""
    how = AdoptedPack("cn_nfra_2020", ladder="usual")
    with pytest.raises(ConfigurationError, match=re.escape("metrics.cn.nfra.decision.ladder")):
        under(how)
    marks = (Mark("75%", tell=("assignee",)),)
    base = under()
    levels = ServiceLevels(
        metrics=(),
        policies=(),
        calendar=base.calendar,
        ladders=(Ladder("usual", marks),),
        packs=(how,),
    )
    assert levels.ladder("cn.nfra.decision").marks == marks


def test_cautions_say_what_is_not_verified() -> None:
    """A template that is taken on purpose says so, as a warning; what is verified says nothing."""
    said = cautions(AdoptedPack("hk_ic4", unverified=True))
    assert [each.key for each in said] == [
        "packs.hk_ic4.hk.ic4.ack",
        "packs.hk_ic4.hk.ic4.final",
    ]
    assert {each.severity for each in said} == {"warning"}
    assert cautions(AdoptedPack("cn_nfra_2020")) == ()


def test_cautions_know_the_day() -> None:
    """A review that is due and a rule that is not in force yet are said; before the day, not."""
    nfra = AdoptedPack("cn_nfra_2020")
    assert cautions(nfra, date(2027, 5, 21)) == ()
    assert [each.expected for each in cautions(nfra, date(2027, 5, 22))] == ["the rule read again"]
    early = AdoptedPack("ie_cpc", clocks=("ie.cpc.final",), unverified=True)
    found = [each.found for each in cautions(early, date(2026, 3, 23))]
    assert "a rule in force from 2026-03-24" in found
    assert len(cautions(early, date(2026, 3, 24))) == 1
