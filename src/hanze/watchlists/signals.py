"""What the screening tells the apps above it."""

from django.dispatch import Signal

subjects_screened = Signal()
"""Sent within the transaction, with `subjects` (those whose state is another one now) and `by`."""
