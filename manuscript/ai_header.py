"""What a header says on the use of AI: a sentence, one word, yes or no, or field by field.

ai: none                                           ->  level "none"
ia: "Les résumés ont été préparés avec une IA."    ->  the sentence
ai: {level: reviewed, tool: X, relecteur: A. Roy}  ->  level "reviewed", tool "X", reviewer "A. Roy"
ai: true                                           ->  nothing: with AI, but how far nobody knows
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

LEVELS = {
    "none": ("none", "no", "false", "aucune", "aucun", "non", "sans", "sans ia", "without ai"),
    "assisted": ("assisted", "ai-assisted", "assisté", "assistée", "assisté par ia", "assistée par ia"),
    "reviewed": ("reviewed", "généré puis relu", "généré, puis relu", "généré par ia, puis relu"),
    "generated": ("generated", "ai-generated", "autonomous", "généré", "généré par ia"),
}
FIELDS = {
    "level": ("level", "niveau", "usage"),
    "purpose": ("purpose", "purposes", "usages", "tâches"),
    "tool": ("tool", "tools", "outil", "outils", "model", "modèle"),
    "reviewer": ("reviewer", "relecteur", "relectrice", "relu_par", "reviewed_by"),
    "reviewed_on": ("reviewed_on", "review_date", "relu_le", "date"),
    "responsible": ("responsible", "responsable"),
    "note": ("note", "mention", "sentence", "phrase"),
}
_LEVEL_OF = {word: level for level, words in LEVELS.items() for word in words}
_FIELD_OF = {word: name for name, words in FIELDS.items() for word in words}


def read_ai(value: Any, text: Callable[[Any], str]) -> dict[str, str] | None:
    """The fields, `note` for the sentence; None where the value says nothing that could be kept so.

    `text` gives any value of a header as one line.
    """
    if value is True:
        return None
    if not isinstance(value, dict):
        said = text(value)
        level = _LEVEL_OF.get(said.casefold().rstrip("."))
        return {"level": level} if level else {"note": said}
    found: dict[str, str] = {}
    for key, content in value.items():
        name = _FIELD_OF.get(text(key).casefold().replace(" ", "_"))
        if name is None or name in found or isinstance(content, dict):
            return None
        found[name] = content.isoformat() if isinstance(content, datetime.date) else text(content)
    if found.get("level"):
        level = _LEVEL_OF.get(found["level"].casefold())
        if level is None:
            return None
        found["level"] = level
    return {name: said for name, said in found.items() if said}
