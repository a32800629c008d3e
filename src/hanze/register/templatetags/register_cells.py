"""`{% load register_cells %}`: records as they stand in the lists, `{% place record %}`."""

from __future__ import annotations

from django import template

from hanze.register import cells

register = template.Library()

for _draw in (cells.organisation, cells.person, cells.relation, cells.agreement):
    register.simple_tag(_draw)
for _draw in (cells.place, cells.status, cells.end, cells.agreement_state):
    register.simple_tag(_draw)
