"""The steps that concern clocks alone: no row of a workflow names them, for nobody takes them."""

from collections.abc import Mapping

from workorder.texts import CHINESE, ENGLISH, Texts

REACH_MARK = "reach_mark"
"""A mark of a clock was reached."""
REVISE_DUE = "revise_due"
"""Due instants were reckoned again, after a change of calendar or of what is promised."""

STEP_LABELS: Mapping[str, Texts] = {
    REACH_MARK: {ENGLISH: "Mark reached", CHINESE: "计时提醒"},
    REVISE_DUE: {ENGLISH: "Due revised", CHINESE: "时限调整"},
}
"""What people call them."""
