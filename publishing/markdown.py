"""The preview of the editor in the admin: the same renderer as the published page, then what should be mended."""

from __future__ import annotations

from html import escape

from publishing.rendering import Piece, render


def preview(content: str) -> str:
    """HTML of a body being written, with its problems listed below it. Called by django-markdownx."""
    rendered = render([Piece(body=content)])
    if not rendered.problems:
        return rendered.html
    items = "".join(f"<li>{escape(problem.message)}</li>" for problem in rendered.problems[:50])
    return f'{rendered.html}<aside class="problems"><p>À vérifier\u202f:</p><ul>{items}</ul></aside>'
