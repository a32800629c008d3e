"""`{% engine_says sentence %}`: what the engine says, in the language in force where that is known."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hanze.frameworks.problems import said
from hanze.frameworks.words import language

register = template.Library()


@register.simple_tag
def engine_says(sentence: str) -> SafeString:
    """A sentence of the engine, marked with the language that it is in."""
    told = said(sentence, language())
    return format_html('<span class="small" lang="{}">{}</span>', told.language, told.text)
