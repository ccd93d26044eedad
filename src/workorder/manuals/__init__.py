"""Pictures and manuals, made from the very data that decides.

**What for.** A bank's procedure is read by people who never open a rulebook: staff, auditors, the
examiner. What they read must not be written a second time by hand, because then it is soon
another procedure. Here it is printed: change a row, print again.

**How data flows.** A workflow is taken apart into what can happen in one state (``moves``), and
everything draws from that: :func:`mermaid` and :func:`dot` as text for other programs,
:func:`swimlane` as an SVG of its own (``lanes`` says where everything goes, ``measure`` how much
room a text needs), :func:`tables` and :func:`manual` in Markdown. Labels and the sentences of rules
are the rulebook's; what is said between them stands in catalogues (``phrases``, ``prose``,
``setting_words``, ``argument_words``, ``glossary``), in English and Chinese.

**Rules of the house.** The same rulebook and language give the same text, to the letter. Whatever a
label contains stays a label: nothing in it can break out of the text it stands in.

**What does not belong here:** files, browsers, other programs that draw; checking a workflow
(``workflow``); figures of what really happened (``insight``).
"""

from workorder.manuals.dot import dot
from workorder.manuals.manual import manual
from workorder.manuals.mermaid import mermaid
from workorder.manuals.swimlane import swimlane
from workorder.manuals.tables import tables

__all__ = ["dot", "manual", "mermaid", "swimlane", "tables"]
