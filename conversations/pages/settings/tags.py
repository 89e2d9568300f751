"""Settings: tags."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from conversations.actions.manage_tags import change_tag, create_tag, remove_tag
from conversations.models import ConversationTag, Tag
from operators.pages.access import OperatorRequest, operator_page
from operators.pages.forms import ColourInput, PageForm, clean_name
from tenants.errors import DomainError, NotFound
from tenants.permissions import Permission

COLOUR: Final = RegexValidator(r"^#[0-9a-fA-F]{6}$", gettext_lazy("A colour looks like #0f766e."))


class TagForm(PageForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=50)
    colour = forms.CharField(
        label=gettext_lazy("Colour"), initial="#0f766e", widget=ColourInput, validators=[COLOUR]
    )

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


def _rows() -> list[dict[str, Any]]:
    counted = dict(
        ConversationTag.objects.values("tag_id").annotate(number=Count("id")).values_list("tag_id", "number")
    )
    return [{"tag": tag, "number": counted.get(tag.pk, 0)} for tag in Tag.objects.order_by("name")]


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_TAGS)
def tags(request: OperatorRequest) -> HttpResponse:
    """List the tags; make one."""
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            create_tag(actor=request.actor, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The tag was made."))
            return redirect("settings_tags")
    status = 422 if form.is_bound else 200
    return render(request, "conversations/settings/tags.html", {"form": form, "rows": _rows()}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@operator_page(Permission.WRITE_TAGS)
def edit_tag(request: OperatorRequest, tag_id: UUID) -> HttpResponse:
    """Rename or recolour a tag."""
    tag = Tag.objects.filter(pk=tag_id).first()
    if tag is None:
        raise NotFound
    form = TagForm(request.POST or None, initial={"name": tag.name, "colour": tag.colour})
    if request.method == "POST" and form.is_valid():
        try:
            change_tag(actor=request.actor, tag_id=tag.pk, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_tags")
    status = 422 if form.is_bound else 200
    return render(request, "conversations/settings/tag.html", {"form": form, "tag": tag}, status=status)


@require_POST
@operator_page(Permission.WRITE_TAGS)
def delete_tag(request: OperatorRequest, tag_id: UUID) -> HttpResponse:
    """Remove a tag."""
    remove_tag(actor=request.actor, tag_id=tag_id)
    messages.success(request, _("The tag was removed."))
    return redirect("settings_tags")
