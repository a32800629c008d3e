"""How every form of the product is drawn."""

from __future__ import annotations

from django import forms
from django.template import Context, Template
from django.utils import translation

from tests.web.look import ExampleForm


def test_an_error_stands_at_its_field_and_is_tied_to_the_control():
    with translation.override("nl"):
        html = ExampleForm({"title": ""})["title"].as_field_group()
    assert 'id="id_title_error"' in html
    assert "Dit veld is verplicht." in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert "utrecht-textbox--invalid" in html


def test_only_what_is_optional_says_so():
    with translation.override("nl"):
        form = ExampleForm()
        assert "niet verplicht" in form["note"].as_field_group()
        assert "niet verplicht" not in form["title"].as_field_group()


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = ExampleForm()["kind"].as_field_group()
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('class="choice"') == 2


def test_a_form_adds_to_the_classes_of_a_widget_and_leaves_hidden_ones_alone():
    class Form(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))
        token = forms.CharField(widget=forms.HiddenInput)

    assert 'class="utrecht-textbox utrecht-textbox--html-input wide"' in str(Form()["name"])
    assert "class" not in str(Form()["token"])


def test_the_error_summary_links_every_error_to_its_field():
    form = ExampleForm({"title": ""})
    form.add_error(None, "Samen klopt het niet.")
    with translation.override("nl"):
        html = Template("{% load hanze %}{% error_summary form %}").render(Context({"form": form}))
    assert 'href="#id_title"' in html
    assert "Samen klopt het niet." in html
    assert "Er zijn" in html


def test_a_form_without_errors_has_no_summary():
    html = Template("{% load hanze %}{% error_summary form %}").render(Context({"form": ExampleForm()}))
    assert html.strip() == ""
