"""The few words that the renderer writes itself, in the language of the text around them (not of the interface)."""

from __future__ import annotations

_WORDS = {
    "fr": {
        "notes": "Notes",
        "title_notes": "Notes appelées dans le titre :",
        "anchor": "Lien vers cette section",
        "figure": "Figure",
        "table": "Tableau",
        "missing": "Image à fournir",
        "source": "Source\u00a0:",
        "enlarge": "Agrandir l’image",
        "back": "Revenir à l’appel de la note",
        "page": "page",
        "cited": "Citée\u00a0:",
        "ai": "Usage de l’IA",
    },
    "en": {
        "notes": "Notes",
        "title_notes": "Notes called in the title:",
        "anchor": "Link to this section",
        "figure": "Figure",
        "table": "Table",
        "missing": "Picture to be supplied",
        "source": "Source:",
        "enlarge": "Enlarge the picture",
        "back": "Back to the call of note",
        "page": "page",
        "cited": "Cited in:",
        "ai": "Use of AI",
    },
}


def word(name: str, language: str) -> str:
    return _WORDS["en" if language[:2] == "en" else "fr"][name]
