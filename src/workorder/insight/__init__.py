"""What the tickets of a store tell, in figures.

Measures read a store's log once, event by event; medians keep the durations they are made of.
They are about what happened; nothing here judges or decides.
"""

from workorder.insight.summary import Durations, Oddity, Summary, log_of, summarise

__all__ = ["Durations", "Oddity", "Summary", "log_of", "summarise"]
