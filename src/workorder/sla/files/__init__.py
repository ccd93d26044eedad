"""Calendars as files: TOML that an engineer of the bank writes, reads and keeps.

Reading reports every mistake at once (:mod:`~workorder.sla.files.calendar_file`); writing is its
inverse (:mod:`~workorder.sla.files.calendar_writing`); pinning types the dates of a holiday source
in, so that a file gives the same answers whatever version of a package is installed
(:mod:`~workorder.sla.files.pinning`).
"""

from workorder.sla.files.calendar_file import calendar_from_data, calendar_from_toml, load_calendar
from workorder.sla.files.calendar_writing import calendar_to_data, calendar_to_toml
from workorder.sla.files.pinning import pinned

__all__ = [
    "calendar_from_data",
    "calendar_from_toml",
    "calendar_to_data",
    "calendar_to_toml",
    "load_calendar",
    "pinned",
]
