"""Reading the settings of a rulebook file."""

from collections.abc import Mapping
from typing import Any

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
    instead = {"step": "", "ranks": ()}  # so that the others keep their places
    approvals = tuple(
        read_part(Approval, each, instead=instead) for each in table.tables("approvals")
    )
    apart: Mapping[str, Any] = {
        "hold_reasons": reasons,
        "approvals": tuple(each for each in approvals if each is not None),
    }
    return read_part(Settings, table, given=apart) or Settings()
