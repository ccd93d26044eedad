"""What the tickets of a store tell, in figures.

Measures read a store's log once, event by event, and keep no more than they count. They are
about what happened; nothing here judges or decides.
"""

from workorder.insight.summary import Durations, Oddity, Summary, log_of, summarise

__all__ = ["Durations", "Oddity", "Summary", "log_of", "summarise"]
