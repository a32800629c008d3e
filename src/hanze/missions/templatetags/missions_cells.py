"""`{% load missions_cells %}`: activities as they stand in their list, `{% activity_row record %}`."""

from __future__ import annotations

from django import template

from hanze.missions import cells

register = template.Library()
register.simple_tag(cells.activity_row)
