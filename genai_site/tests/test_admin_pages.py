"""The admin under the same content policy as the site: no page of it asks for what the policy refuses."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page

pytestmark = pytest.mark.usefixtures("samples")


def test_no_page_of_the_admin_breaks_the_policy(page: Page, sign_in: Callable[[Page, User], None]) -> None:
    """Lists, empty forms and filled forms; the `watch` of the page fails on a refusal or a script error."""
    user = User.objects.create_superuser("redaction-en-chef", password="sans-objet")
    sign_in(page, user)
    request = RequestFactory().get("/")
    request.user = user
    refused = []
    for model, options in admin.site._registry.items():
        names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{names}_changelist")]
        if options.has_add_permission(request):
            addresses.append(reverse(f"{names}_add"))
        first = model._default_manager.first()
        if first is not None:
            addresses.append(reverse(f"{names}_change", args=[first.pk]))
        for address in addresses:
            answer = page.goto(address, wait_until="load")
            assert answer is not None
            if answer.status != 200:
                refused.append(f"{address}: {answer.status}")
    assert not refused
