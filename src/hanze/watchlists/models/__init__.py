"""Watchlists, who is screened against them, and what was found and decided."""

from hanze.watchlists.models.findings import Finding, Look, Run, Verdict
from hanze.watchlists.models.lists import Edition, ListedEntry, Watchlist
from hanze.watchlists.models.subjects import Subject

__all__ = ["Edition", "Finding", "ListedEntry", "Look", "Run", "Subject", "Verdict", "Watchlist"]
