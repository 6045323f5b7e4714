"""`{% load clients_words %}`: words of the API's description in the language of the reader."""

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def said(words: str) -> str:
    """A sentence of the description, which is kept in Indonesian, as this reader reads it."""
    return gettext(words) if words else ""
