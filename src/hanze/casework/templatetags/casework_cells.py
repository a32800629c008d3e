"""`{% load casework_cells %}`: requests as they stand in the lists, `{% request_state record %}`."""

from __future__ import annotations

from django import template

from hanze.casework import cells

register = template.Library()
register.simple_tag(cells.request_state)
