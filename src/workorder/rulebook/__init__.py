"""The rulebook: workflow, forms, settings, calendar, promises and routing as one immutable value.

**The rules of the house.** A decision goes by exactly one rulebook, and every event records its
digest. A rulebook is checked when it is made: every mistake at once, each with the key where it
stands, the same for one made in Python and one read from a file. It holds no code but what a host
registers with it on purpose: rules by name, and :class:`Extension` values for commands of its own.

**How data flows.** A file (:mod:`~workorder.rulebook.files`) says the same as the values made in
Python; :func:`load_rulebook` reads it, :func:`rulebook_to_toml` writes it, and
:func:`rulebook_schema` tells editors what may stand in it. From the values the digest is taken
(:mod:`~workorder.rulebook.content`): of all of it, and of each part, so that one sees what a new
edition changed. What is promised to whom may also stand in a file of its own
(:func:`load_service_levels`), and so may the policy by which somebody is found for a ticket
(:func:`load_policy`). Two people publish an edition (:func:`publish`): one writes it,
another lets it out.

A new edition meets tickets that are on their way. :func:`diff` says what it changes, by key;
:func:`verdict` says of one ticket whether it can be moved by a :class:`Plan`, and if not, why not.

:func:`basic`, :func:`bank` and :func:`it_desk` ship; they are files, too.

**What does not belong here:** what an action does (the kernel), and where editions are kept (the
store).
"""

from workorder.rulebook.diff import Change, Difference, diff
from workorder.rulebook.extension import Extension
from workorder.rulebook.files import (
    load_policy,
    load_rulebook,
    load_service_levels,
    policy_from_toml,
    policy_to_toml,
    rulebook_from_data,
    rulebook_from_toml,
    rulebook_schema,
    rulebook_to_data,
    rulebook_to_toml,
    service_levels_from_toml,
    service_levels_schema,
    service_levels_to_toml,
)
from workorder.rulebook.findings import rulebook_warnings
from workorder.rulebook.moving import Plan, Split, Verdict, verdict
from workorder.rulebook.publishing import Publication, publish
from workorder.rulebook.ready import bank, basic, it_desk, shipped_names
from workorder.rulebook.rulebook import Rulebook
from workorder.rulebook.rulebooks import Rulebooks

__all__ = [
    "Change",
    "Difference",
    "Extension",
    "Plan",
    "Publication",
    "Rulebook",
    "Rulebooks",
    "Split",
    "Verdict",
    "bank",
    "basic",
    "diff",
    "it_desk",
    "load_policy",
    "load_rulebook",
    "load_service_levels",
    "policy_from_toml",
    "policy_to_toml",
    "publish",
    "rulebook_from_data",
    "rulebook_from_toml",
    "rulebook_schema",
    "rulebook_to_data",
    "rulebook_to_toml",
    "rulebook_warnings",
    "service_levels_from_toml",
    "service_levels_schema",
    "service_levels_to_toml",
    "shipped_names",
    "verdict",
]
