"""Reads: the same functions serve the pages, the exports and the API."""

from analytics.queries.drill_down import conversations_behind
from analytics.queries.live import live
from analytics.queries.overview import overview

__all__ = ["conversations_behind", "live", "overview"]
