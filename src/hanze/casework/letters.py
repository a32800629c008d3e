"""The letter about a decision: to the requester, in the language of choice, with the ground in plain words."""

from __future__ import annotations

from typing import get_args

from django.utils.translation import gettext as _
from django.utils.translation import override

from hanze.accounts.models import User
from hanze.casework.facts import day_in_words
from hanze.casework.models import Decision, Request
from hanze.register.models import Organisation
from hanze.register.queries import home
from hanze.reporting.figures import Language
from hanze.reporting.letters import Letter, letter_docx

LANGUAGES: tuple[Language, ...] = get_args(Language)
Outcome = Decision.Outcome
Ground = Decision.Ground


def docx(decision: Decision, language: Language, reader: User) -> bytes:
    """The letter as a DOCX that an officer can go on editing."""
    return letter_docx(letter_for(decision, language, reader))


def letter_for(decision: Decision, language: Language, reader: User) -> Letter:
    """The letter about a decision: a confirmation, a referral or a refusal.

    An organisation that is hidden from `reader` is not named in it.
    """
    request = decision.request
    with override(language):
        return Letter(
            organisation=str(home()),
            address=_address(request, reader),
            date=decision.decided_on,
            reference=request.reference,
            subject=_("Your request: %(title)s") % {"title": _title(request, language)},
            salutation=_salutation(request),
            paragraphs=tuple(_paragraphs(decision)),
            closing=_("Yours sincerely,"),
            signatory=_signatory(decision),
            language=language,
        )


def _address(request: Request, reader: User) -> tuple[str, ...]:
    asker = Organisation.objects.visible_to(reader).filter(pk=request.asked_by_id).first()
    written = "" if request.asked_by_id else request.asked_by_text
    lines = (str(asker) if asker else written, request.contact_name, request.country.name)
    return tuple(dict.fromkeys(line for line in lines if line))


def _title(request: Request, language: Language) -> str:
    return (request.title_en if language == "en" else "") or request.title


def _salutation(request: Request) -> str:
    if request.contact_name:
        return _("Dear %(name)s,") % {"name": request.contact_name}
    return _("Dear Sir or Madam,")


def _signatory(decision: Decision) -> str:
    return "\n".join(part for part in (decision.decided_by.name, decision.decided_by.title) if part)


def _paragraphs(decision: Decision) -> list[str]:
    received = day_in_words(decision.request.received_on)
    opening = _("On %(day)s we received your request. Thank you for turning to us.") % {"day": received}
    return [opening, *_body(decision), *_ending(decision)]


def _body(decision: Decision) -> list[str]:
    match decision.outcome:
        case Outcome.REFUSE:
            return [_("We have decided not to take up your request."), ground_in_words(decision)]
        case Outcome.REFER:
            words = {"who": decision.referred_to}
            return [
                _("We are not the right party to take up your request."),
                ground_in_words(decision),
                _("%(who)s can help you further. Please turn to them with your request.") % words,
            ]
        case Outcome.WITH_MEASURES:
            return [
                _("We are glad to take up your request."),
                _(
                    "With activities abroad and with visitors from abroad we take a number of measures, for instance "
                    "for the protection of information and for responsible business conduct. We will discuss with you "
                    "what they mean for the programme."
                ),
            ]
        case _:
            return [_("We are glad to take up your request.")]


def _ending(decision: Decision) -> list[str]:
    if decision.outcome in (Outcome.REFER, Outcome.REFUSE):
        return [_("If you have questions about this letter, please name the reference above when you contact us.")]
    return [_("We will contact you about the next steps. Please name the reference above when you contact us.")]


def ground_in_words(decision: Decision) -> str:
    """The ground of a refusal or referral in plain words, in the language in force."""
    return {
        Ground.HIGH_RISK_SECTOR: _(
            "The request is about a sector in which cooperation brings a high risk for our society or economy. "
            "We do not work together in such a sector unless those risks can be controlled."
        ),
        Ground.SANCTIONS: _(
            "One of the parties that would take part is on a sanctions list. We are not allowed to work with it."
        ),
        Ground.HUMAN_RIGHTS: _(
            "In this request, human rights and economic risks cannot be given the place that our policy asks for."
        ),
        Ground.NATIONAL_POLICY: _(
            "The request does not fit the policy of our national government, within which we do our international work."
        ),
        Ground.NO_DEMAND: _(
            "We work together with partners abroad when organisations from our own region ask for it. "
            "For this request there is no such demand at the moment."
        ),
        Ground.NOT_OURS: _("What you ask belongs to the tasks of another authority or organisation."),
        Ground.CAPACITY: _("We do not have the people or the time to do this well at the moment you ask for."),
        Ground.OTHER: _("After careful consideration we concluded that we cannot be of service to you in this matter."),
    }[Ground(decision.ground)]
