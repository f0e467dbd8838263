"""The field in which a text is written: a toolbar, the Markdown, and beside it what readers will see.

Without JavaScript it is the text area alone.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from markdownx.widgets import MarkdownxWidget


class WritingWidget(MarkdownxWidget):  # type: ignore[misc]
    """`attrs` may hold `data-preview`, an address that renders the text as part of its work, and `data-pick`, one that
    lists what the text can refer to; without them the text stands alone, as an article does.
    """

    template_name = "publishing/writing.html"

    class Media:
        extend = False
        css = {"all": ["editing/writing.css"]}
        js = [forms.Script(f"editing/{name}.js", type="module") for name in ("writing", "picker", "keeping")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        given.setdefault("data-preview", settings.MARKDOWNX_URLS_PATH)
        given["data-upload"] = settings.MARKDOWNX_UPLOAD_URLS_PATH
        given["data-paste"] = reverse("markdownx_paste")
        given["class"] = f"{given.get('class', '')} writing-text".strip()
        given.setdefault("rows", 24)
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False
