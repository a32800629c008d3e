"""What the register asks of people today: agreements about whose end nothing was decided."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from hanze.accounts.attention import Attention
from hanze.accounts.models import User
from hanze.register.models import Agreement
from hanze.register.queries import agreements_ending


def attention(reader: User, today: date) -> list[Attention]:
    """Agreements that end within the warning term, or ended without a decision, for those who may decide."""
    if not reader.has_perm("register.create_agreement"):
        return []
    return [_line(agreement, today) for agreement in agreements_ending(reader, today)]


def _line(agreement: Agreement, today: date) -> Attention:
    assert agreement.valid_until is not None
    passed = agreement.valid_until < today
    return Attention(
        day=agreement.valid_until,
        title=agreement.title,
        url=agreement.get_absolute_url(),
        detail=_("The term has passed: renew it or record its end.") if passed else _("Renew it, or let it end."),
        state=str(Agreement.State.ENDED.label if passed else Agreement.State.ENDING.label),
        tone="stop" if passed else "care",
    )
