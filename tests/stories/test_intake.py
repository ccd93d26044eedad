"""Getting the intake right (登记审核、退回、不予受理)."""

from tests.stories.people import CHEN, DENG, LI, SHEN, WANG_FANG
from tests.stories.telling import Story, bank_with, told
from workorder.ticket import (
    Accept,
    ApproveIntake,
    Comment,
    Dispatch,
    Edit,
    InformCustomer,
    Reclassify,
    RejectIntake,
    ReturnIntake,
)
from workorder.workflow import Actor

TO_ZHANG = Dispatch(to="zhang", department="cards")


def intake() -> Story:
    """Returned, edited, approved by somebody else; and again after an edit."""
    rulebook = bank_with(types_with_intake_approval=("complaint",))
    story = Story(("Four eyes on the intake", "登记审核"), rulebook=rulebook)
    story.opens(
        LI, "Ms Wang calls; Li is in a hurry.", "王女士来电，李匆忙登记。", fields={"title": "卡"}
    )
    story.refused(
        LI,
        Accept(),
        "Li cannot accept it without a category.",
        "未填类别，李不能受理。",
        by="required_fields_complete",
    )
    story.refused(
        SHEN,
        ReturnIntake(),
        "Shen returns it without a word.",
        "沈退回，未说明原因。",
        by="reason_given",
    )
    story.does(
        SHEN,
        ReturnIntake("which category?"),
        "Shen returns it: which category?",
        "沈退回：何种类别？",
        to="registered",
    )
    story.refused(
        WANG_FANG,
        Edit(customer="C-2"),
        "Nobody can change whose ticket it is.",
        "工单所属客户不得更改。",
        by="customer",
        code="invalid_arguments",
    )
    story.refused(
        LI,
        Edit(fields={"colour": "red"}),
        "Li fills in a field that the form does not have.",
        "李补录表单中没有的字段。",
        by="colour",
        code="invalid_arguments",
    )
    filled = Edit(fields={"title": "卡片被吞", "category": "atm"})
    story.does(LI, filled, "Li fills it in.", "李补录。", to="registered")
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    story.refused(
        DENG,
        TO_ZHANG,
        "Deng cannot dispatch it before the intake is approved.",
        "登记未经审核，邓不能转办。",
        by="intake_approved_if_required",
    )
    story.refused(
        Actor("li", ("intake", "intake_reviewer", "supervisor"), "hotline"),
        ApproveIntake(),
        "Li entered it and cannot approve it, whatever role she comes in.",
        "李为登记人，无论以何岗位都不能审核。",
        by="not_entered_by_self",
    )
    story.does(SHEN, ApproveIntake(), "Shen approves it.", "沈审核通过。", to="accepted")
    assert story.ticket.work.intake_approved
    note = Edit(fields={"description": "昨晚八点"})
    story.does(WANG_FANG, note, "Ms Wang adds the hour.", "王女士补充时间。", to="accepted")
    story.refused(
        DENG,
        TO_ZHANG,
        "What was edited must be approved again.",
        "补录后须重新审核。",
        by="intake_approved_if_required",
    )
    story.does(CHEN, ApproveIntake(), "Chen approves it.", "陈审核通过。", to="accepted")
    story.does(
        DENG,
        Reclassify(type="enquiry", reason="no complaint"),
        "Deng makes it an enquiry, whose intake nobody approves.",
        "邓改为咨询；咨询无须登记审核。",
        to="accepted",
    )
    assert not story.ticket.work.intake_approved
    story.does(
        DENG,
        Reclassify(type="complaint", reason="it is a complaint"),
        "And a complaint again.",
        "又改回投诉。",
        to="accepted",
    )
    story.refused(
        DENG,
        TO_ZHANG,
        "That too must be approved again.",
        "改类后也须重新审核。",
        by="intake_approved_if_required",
    )
    story.does(SHEN, ApproveIntake(), "Shen approves it.", "沈审核通过。", to="accepted")
    talk = Comment("urgent")
    story.does(
        LI, talk, "Li writes a note, which changes nothing.", "李备注，不影响审核。", to="accepted"
    )
    story.does(DENG, TO_ZHANG, "Deng dispatches it.", "邓转办。", to="assigned")
    return story


def test_intake() -> None:
    """Who entered a ticket does not approve it, and an approval covers what was approved."""
    story = told(intake)
    assert story.kinds().count("intake_approved") == 3
    assert story.ticket.counts.returns == 1


def not_accepted() -> Story:
    """A matter for the court; the customer is told so."""
    story = Story(("Not a matter for the bank", "不予受理"))
    story.opens(
        LI,
        "Ms Wang wants the bank to settle a quarrel.",
        "王女士请银行调解私人纠纷。",
        subjects=["li"],
    )
    story.refused(
        LI,
        RejectIntake("a private matter"),
        "The complaint names Li, who cannot reject it.",
        "投诉涉及李，李不得决定不予受理。",
        by="not_party",
    )
    story.refused(
        CHEN, RejectIntake(), "Chen gives no reason.", "陈未填写原因。", by="reason_given"
    )
    story.does(
        CHEN,
        RejectIntake("a private matter"),
        "Chen decides not to accept it.",
        "陈决定不予受理。",
        to="rejected",
    )
    story.refused(
        CHEN,
        InformCustomer("not_accepted"),
        "It must be said how Ms Wang was told.",
        "须说明告知方式。",
        by="subject_given",
    )
    story.does(
        CHEN,
        InformCustomer("not_accepted", "letter"),
        "Ms Wang is told by letter.",
        "以信函告知王女士。",
        to="rejected",
    )
    assert story.ticket.windows.told == {"not_accepted": story.now}
    story.refused(
        CHEN,
        Accept(),
        "What was not accepted stays so.",
        "不予受理后不能再受理。",
        code="wrong_state",
    )
    story.later("A year goes by.", "过了一年。", days=365)
    story.time_acts("Nothing comes of it.", "再无后续。", to="rejected")
    return story


def test_not_accepted() -> None:
    """A ticket that is not accepted ends there, with the customer told."""
    assert told(not_accepted).kinds() == ["opened", "intake_rejected", "customer_informed"]
