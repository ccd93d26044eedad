"""Reading the settings of a rulebook file."""

from collections.abc import Mapping
from typing import Any

from workorder.conditions import NEVER
from workorder.rulebook.files.parts import read_part, tables
from workorder.tables import Table
from workorder.workflow import Approval, HoldReason, Settings


def read_settings(file: Table) -> Settings:
    """The settings; whatever cannot be read is as if it were not said."""
    value = file.take("settings", dict) or {}
    table = Table(value, file.key("settings"), file.wrong)
    reasons = tuple(
        read_part(HoldReason, each, given={"name": name}) or HoldReason(name)
        for name, each in tables(table, "hold_reasons")
    )
    approvals = tuple(
        read_part(Approval, each, instead=_instead(each)) for each in table.tables("approvals")
    )
    apart: Mapping[str, Any] = {
        "hold_reasons": reasons,
        "approvals": tuple(each for each in approvals if each is not None),
    }
    return read_part(Settings, table, given=apart) or Settings()


def _instead(approval: Table) -> Mapping[str, Any]:
    """What stands for what is wrong, so that the others keep their places; where the condition
    is, it applies to nothing.
    """
    when = {"when": NEVER} if "when" in approval.data else {}
    return {"step": "", "ranks": (), **when}
