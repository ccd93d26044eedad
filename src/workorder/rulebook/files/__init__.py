"""Rulebooks as files: TOML that a bank's engineer writes, reads, compares and keeps.

::

    format = 1                     # of the file
    name = "bank"
    version = "1"
    calendar = "CN"                # a ready calendar, or a calendar file beside this one

    [states.pending]
    stage = "handling"
    category = "open"
    labels = { en = "On hold", zh-CN = "挂起" }

    [roles.handler]
    sees = "department"

    [actions.hold]                 # one row; several stand in [[actions.hold.rows]]
    from = ["accepted", "in_progress"]
    to = "pending"
    roles = ["handler"]
    rules = ["reason_given", { rule = "own_if_handler", roles = ["handler"] }]

    [fields.title]                 # shared by forms
    required = true

    [forms.complaint]
    fields = ["title", { name = "amount", kind = "integer", searchable = true }]

    [settings]
    auto_close_after = "7 calendar days"

    [sla.metrics.first_contact]    # what is promised; also in a file of its own
    start = { field = "action", eq = "open" }
    stop = { field = "action", eq = "reply" }

    [sla.policies.complaint]
    targets = [{ metric = "first_contact", within = "2 working hours" }]

    [routing]                      # who gets a ticket
    waiting = ["accepted"]
    busy = ["assigned", "in_progress"]

**How data flows.** The text becomes tables (:mod:`workorder.tables`). Each table becomes a value,
key by key, each key by its type (:mod:`~workorder.rulebook.files.converter`,
:mod:`~workorder.rulebook.files.parts`). What cannot be read is noted with its key, and the rest is
read all the same. Then the whole is judged as if it had been made in Python, and what follows from
a mistake that was noted already is left out. Last, each key is looked up in the text
(:mod:`~workorder.rulebook.files.lines`), so that a finding names file and line. Writing is the
inverse, and the schema for editors is derived from the same classes.

**What does not belong here:** code. Rules and commands are named, and nothing that stands in a
file is ever run.
"""

from workorder.rulebook.files.level_files import (
    load_service_levels,
    service_levels_from_toml,
    service_levels_to_toml,
)
from workorder.rulebook.files.policy_files import load_policy, policy_from_toml, policy_to_toml
from workorder.rulebook.files.reading import load_rulebook, rulebook_from_data, rulebook_from_toml
from workorder.rulebook.files.schema import rulebook_schema, service_levels_schema
from workorder.rulebook.files.writing import rulebook_to_data, rulebook_to_toml

__all__ = [
    "load_policy",
    "load_rulebook",
    "load_service_levels",
    "policy_from_toml",
    "policy_to_toml",
    "rulebook_from_data",
    "rulebook_from_toml",
    "rulebook_schema",
    "rulebook_to_data",
    "rulebook_to_toml",
    "service_levels_from_toml",
    "service_levels_schema",
    "service_levels_to_toml",
]
