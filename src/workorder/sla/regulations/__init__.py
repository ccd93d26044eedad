"""Regulation packs."""

from workorder.sla.regulations.adopting import adopted, cautions
from workorder.sla.regulations.clock import Extension, RegulatoryClock
from workorder.sla.regulations.library import pack, pack_names
from workorder.sla.regulations.pack import Pack
from workorder.sla.regulations.reading import pack_from_data, pack_from_toml

__all__ = [
    "Extension",
    "Pack",
    "RegulatoryClock",
    "adopted",
    "cautions",
    "pack",
    "pack_from_data",
    "pack_from_toml",
    "pack_names",
]
