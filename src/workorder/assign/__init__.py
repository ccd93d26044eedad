"""Assignment."""

from workorder.assign.agents import Agent
from workorder.assign.choosing import LEAST_LOAD, Override, choose
from workorder.assign.items import Item
from workorder.assign.policy import AssignmentPolicy

__all__ = ["LEAST_LOAD", "Agent", "AssignmentPolicy", "Item", "Override", "choose"]
