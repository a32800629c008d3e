"""Search: one box for everything that a reader may see, with Dutch and English word forms and without diacritics."""

from hanze.web.search.finding import Hit, Results, find
from hanze.web.search.indexing import index, rebuild, sources

__all__ = ["Hit", "Results", "find", "index", "rebuild", "sources"]
