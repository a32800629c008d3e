from hanze.register.forms.agreements import AgreementForm, EndForm, RenewalForm
from hanze.register.forms.documents import DocumentForm
from hanze.register.forms.parties import IdentifierFormSet, OrganisationForm, PersonForm, PlaceFieldsForm, PostForm
from hanze.register.forms.relations import FirstStatusForm, RelationForm, StatusForm

__all__ = [
    "AgreementForm",
    "DocumentForm",
    "EndForm",
    "FirstStatusForm",
    "IdentifierFormSet",
    "OrganisationForm",
    "PersonForm",
    "PlaceFieldsForm",
    "PostForm",
    "RelationForm",
    "RenewalForm",
    "StatusForm",
]
