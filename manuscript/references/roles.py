"""The marks of a role beside names: "(dir.)", ", eds.", "(trad.)", "et al."."""

from __future__ import annotations

import re

ROLES = {
    "editor": (
        r"(?:[ée]d(?:it)?s?|edd|a c(?:\.|ura)\s?di|éditrices?|editors?|hrsg|hg|dirs?|ss?\.?\s?(?:la\s)?dir"
        r"|sous la dir(?:ection)?(?: de)?|directeurs?"
        r"|directrices?|direction|coords?(?:\.?\spar)?|coordinateurs?|coordinatrices?|coordinators?|a cura di|comps?)"
    ),
    "director": r"(?:réal(?:isat(?:eur|rice))?s?|directors?)",
    "translator": r"(?:trads?|traducteurs?|traductrices?|trans|translators?)",
}
ROLE = re.compile(
    r"\s*,?\s*(?:[(\[]\s?(?P<in>"
    + "|".join(ROLES.values())
    + r")\.?\s?[)\]]|(?P<out>"
    + "|".join(ROLES.values())
    + r")\b\.?(?=\s?[,:.»«“\"]|\s|$))",
    re.IGNORECASE,
)
ET_AL = re.compile(
    r"\s*[,;]?\s*(?:[(\[]\s?)?(?:et\.?\sal(?:ii|\b)\.?|&\sal\b\.?|and\sal\b\.?|et\scoll\b\.?|and\sothers\b"
    r"|et\sautres\b)(?:\s?[)\]])?",
    re.IGNORECASE,
)


def role_of(text: str) -> str:
    """The CSL role a printed mark stands for."""
    for role, pattern in ROLES.items():
        if re.fullmatch(pattern, text.strip(" .()[]"), re.IGNORECASE):
            return role
    return "editor"


def role_at(text: str, position: int) -> re.Match[str] | None:
    """The mark of a role, "(dir.)" or ", ed.", at a place of the text."""
    return ROLE.match(text, position)
