"""The fields of a reference, which the database keeps as CSL, in the words of an editor."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

CSL_TYPES = [
    ("webpage", gettext_lazy("page web")),
    ("article-journal", gettext_lazy("article de revue")),
    ("article-newspaper", gettext_lazy("article de presse")),
    ("article-magazine", gettext_lazy("article de magazine")),
    ("book", gettext_lazy("livre")),
    ("chapter", gettext_lazy("chapitre")),
    ("report", gettext_lazy("rapport")),
    ("thesis", gettext_lazy("thèse")),
    ("paper-conference", gettext_lazy("communication")),
    ("legislation", gettext_lazy("texte de loi")),
    ("post-weblog", gettext_lazy("billet")),
    ("motion_picture", gettext_lazy("vidéo")),
    ("document", gettext_lazy("autre document")),
]
LABELS = {
    "type": gettext_lazy("nature"),
    "author": gettext_lazy("auteurs"),
    "editor": gettext_lazy("sous la direction de"),
    "title": gettext_lazy("titre"),
    "container-title": gettext_lazy("dans"),
    "publisher": gettext_lazy("éditeur"),
    "publisher-place": gettext_lazy("lieu"),
    "issued": gettext_lazy("date"),
    "accessed": gettext_lazy("consulté le"),
    "URL": gettext_lazy("adresse web"),
    "volume": gettext_lazy("volume"),
    "issue": gettext_lazy("numéro"),
    "page": gettext_lazy("pages"),
    "language": gettext_lazy("langue"),
}


def label(field: str) -> str:
    """A field without a word of ours keeps its name: DOI, ISBN."""
    return str(LABELS.get(field, field))


def words(field: str, value: Any) -> str:
    """A value on one line. Files of other programs hold what they like: what has another shape is written as it is."""
    if field == "type":
        return str(dict(CSL_TYPES).get(value, value))
    try:
        if isinstance(value, list) and all(isinstance(name, dict) for name in value):
            return "\u202f; ".join(name_line(name) for name in value)
        if isinstance(value, dict):
            return date_text(value) or str(value)
    except (TypeError, ValueError, AttributeError):
        pass
    return str(value)


def name_line(name: dict[str, str]) -> str:
    if name.get("literal"):
        return name["literal"]
    family = " ".join(part for part in (name.get("non-dropping-particle", ""), name.get("family", "")) if part)
    return ", ".join(part for part in (family, name.get("given", "")) if part)


def date_text(issued: dict[str, Any]) -> str:
    parts = (issued.get("date-parts") or [[]])[0]
    if parts:
        return "-".join(f"{int(part):02d}" for part in parts)
    return str(issued.get("raw") or issued.get("literal") or "")
