"""The screens of the desk of one work, as the row of links at the top of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from publishing.models import Publication


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    """Its name among the addresses of the admin."""
    label: str | Promise
    permission: str
    """What those hold who may open it."""
    under: tuple[str, ...] = ()
    """Names of the addresses that lie under it."""
    by_filter: bool = False
    """Whether it is a list of the admin, which shows the work by its filter."""


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    label: str
    current: bool


def links(request: HttpRequest, work: Publication) -> list[Link]:
    """The screens of this work that its admin names and this user may open."""
    user: User | AnonymousUser = request.user
    named: Sequence[Screen] = getattr(admin.site.get_model_admin(type(work)), "screens", ())
    here = (request.resolver_match.url_name or "") if request.resolver_match else ""
    return [
        Link(_address(screen, work.pk), str(screen.label), here == screen.name or here in screen.under)
        for screen in named
        if user.has_perm(screen.permission)
    ]


def _address(screen: Screen, pk: int) -> str:
    name = f"admin:{screen.name}"
    return f"{reverse(name)}?document__id__exact={pk}" if screen.by_filter else reverse(name, args=[pk])
