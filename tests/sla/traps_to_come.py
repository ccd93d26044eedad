"""Traps of clocks: what other trackers found about starting, pausing, stopping and judging.

They need a clock, which is not built yet; their tests come with it. The numbers are those of the
list that all tests of traps use, 1 to 38. Rows of which one half is about calendars stand both
here and among the tests.
"""

TO_COME: dict[int, tuple[str, str]] = {
    1: ("zammad/zammad #188", "only some paused states counted after re-open"),
    2: ("zammad/zammad #3140", "the update clock ran after the agent had answered"),
    3: ("zammad/zammad #5177", "a shorter update target overruled the first response"),
    4: ("zammad/zammad #3551", "reply and pause in one save lost the first response"),
    5: ("zammad/zammad #4353, #5624, #904", "a due date outlived its policy, group or ticket"),
    6: ("zammad/zammad #2579, #2082", "statistics missing at close, due one update late"),
    10: ("zammad/zammad #4432", "reminders at midnight: marks bound to working time"),
    11: ("zammad/zammad #1322", "the customer's note did not resume the clock"),
    12: ("frappe/helpdesk PR 3776", "paused, then resolved: the hold stayed"),
    13: ("frappe/helpdesk PR 2449, frappe/erpnext PR 47884", "a hold added as wall-clock time"),
    14: ("frappe/erpnext PR 28550, 26173", "re-opened long after: judged again"),
    17: ("frappe/helpdesk #1895, glpi-project/glpi #1911", "clocks of stages and assignment"),
    18: ("chatwoot/chatwoot PR 13392, PR 15024", "misses kept appearing after resolution"),
    19: ("glpi-project/glpi #6902, #15605", "pauses lost when the policy changes"),
    20: ("glpi-project/glpi #24481, #23359", "breached while pending; what re-opening does"),
    21: ("glpi-project/glpi PR 22678, PR 15357", "escalation offsets put at 00:00 or ignored"),
    33: ("fivetran/dbt_zendesk #116, PR 136", "first or last breach, solved without a reply"),
    34: ("znuny/Znuny PR 369, #855", "a solution clock from re-open was refused"),
    35: ("Nine-Minds/alga-psa PR 3091", "created closed or paused: the clock ran for ever"),
    36: ("osTicket/osTicket PR 5206", "the overdue flag survived re-opening"),
    38: ("Zendesk help 4408885881498", "edits of a schedule did not reach the ticket"),
}
"""Number of the trap, where it was met, and what went wrong."""

BOTH_HALVES = {10, 12}
"""Rows tested for calendars already, of which the half about clocks is still to come."""
