"""Pages for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from hanze.accounts.operations import choose_language
from hanze.accounts.requests import reader_of


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that Dutch public bodies owe their users."""
    return render(request, "web/accessibility.html")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language; for somebody with an account it is kept."""
    answer = set_language(request)
    code = request.POST.get("language", "")
    if request.user.is_authenticated and translation.check_for_language(code) and code in {"nl", "en"}:
        choose_language(reader_of(request), code)
    return answer


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it at this address, whatever a page says."""
    return redirect(static("web/favicon.svg"), permanent=False)
