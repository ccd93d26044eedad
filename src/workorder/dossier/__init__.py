"""The dossier: everything about one ticket in one file, that an examiner reads and checks alone.

A dossier is a page without anything from outside it: who did what and when, in words, and inside
it the exact bytes that the words were made from. :func:`dossier` gathers what a store keeps of a
ticket (:mod:`~workorder.dossier.material`), reads the trail once
(:mod:`~workorder.dossier.trail`), tells it section by section, and embeds the data
(:mod:`~workorder.dossier.data`). A program of one file, which needs nothing of this library, checks
these data (:mod:`~workorder.dossier.verifier`); it stands in every dossier, and is best taken from
elsewhere.

Text that people wrote is escaped where it is put into the page, and only there
(:mod:`~workorder.dossier.markup`). The page's policy forbids loading, running and sending anything.

What does not belong here: deciding who may ask for a dossier (the host does; it is made with the
rights of ``desk.unrestricted()``), changing a ticket, reading a clock.
"""

from workorder.dossier.data import FORMAT
from workorder.dossier.making import Dossier, dossier, told
from workorder.dossier.material import Material, gathered
from workorder.dossier.page import verifier_source
from workorder.dossier.proving import proven

__all__ = [
    "FORMAT",
    "Dossier",
    "Material",
    "dossier",
    "gathered",
    "proven",
    "told",
    "verifier_source",
]
