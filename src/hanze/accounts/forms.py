from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import Role, User
from hanze.accounts.together import Together

REFUSED = _("This passkey is not right. Try it again.")


class AccountForm(Together, forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=True
    )

    class Meta:
        model = User
        fields = ("name", "email", "title", "department", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("roles", sorted(self.instance.roles))
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            choices=[("", _("As the browser asks")), ("nl", "Nederlands"), ("en", "English")],
            required=False,
        )


class CloseAccountForm(forms.Form):
    because = forms.CharField(label=_("Why is this account closed?"), max_length=500)


class ResetSecondStepForm(forms.Form):
    because = forms.CharField(label=_("Why is the second step removed?"), max_length=500)


def _code(label: Any) -> forms.CharField:
    control = forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"})
    return forms.CharField(label=label, max_length=20, widget=control)


class CodeForm(AuthenticateForm):
    code = _code(_("Code from the app, or a recovery code"))


class CodeAgainForm(ReauthenticateForm):
    code = _code(_("Code from the app, or a recovery code"))


class AppForm(ActivateTOTPForm):
    code = _code(_("Code that the app shows now"))


class CredentialField(forms.JSONField):
    """What a browser says of a passkey, in the shape that the standard gives it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is not None and not self._is_credential(found):
            raise forms.ValidationError(REFUSED)
        return found

    def _is_credential(self, found: Any) -> bool:
        if not isinstance(found, dict) or not isinstance(found.get("response"), dict):
            return False
        texts = [found.get("id"), found.get("rawId"), found["response"].get("clientDataJSON")]
        return all(isinstance(each, str) for each in texts) and isinstance(
            found.get("clientExtensionResults", {}), dict
        )


@contextmanager
def refusing_what_cannot_be_read() -> Iterator[None]:
    """The bytes in a credential come from outside: what is wrong in them is the sender's mistake, not ours."""
    try:
        yield
    except forms.ValidationError as error:
        raise forms.ValidationError(REFUSED) if error.code == "incorrect_code" else error from None
    except (ValueError, TypeError, LookupError, AttributeError, struct.error, AssertionError) as error:
        raise forms.ValidationError(REFUSED) from error


class PasskeyProofForm(AuthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        with refusing_what_cannot_be_read():
            return super().clean_credential()


class PasskeyLoginForm(PasskeyProofForm, LoginWebAuthnForm):
    passwordless = True


class PasskeyAgainForm(PasskeyProofForm, ReauthenticateWebAuthnForm):
    reauthenticated = True


class PasskeyForm(AddWebAuthnForm):
    credential = CredentialField()
    name = forms.CharField(label=_("Name of the passkey"), max_length=100, required=False)
    passwordless = forms.BooleanField(
        label=_("Also sign in without a password"),
        required=False,
        initial=True,
        help_text=_("The passkey then asks for your finger, face or PIN."),
    )

    def clean(self) -> dict[str, Any]:
        with refusing_what_cannot_be_read():
            return super().clean()


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=100)
