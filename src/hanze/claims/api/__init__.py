"""Claims in the API: what each source says, open contradictions, and deciding between them."""

from ninja import Router

from hanze.claims.api.contradictions import contradictions
from hanze.claims.api.records import claims

ROUTERS: dict[str, Router] = {"claims": claims, "contradictions": contradictions}
