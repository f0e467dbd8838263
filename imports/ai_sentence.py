"""How far AI went into a text, guessed from the sentence in which its source says so, and only where it is clear."""

from __future__ import annotations

import re

from publishing.models import AIDisclosure

LONGEST = 2000
"""Characters of the sentence that are looked at."""

_AI = r"(?:l['’]\s?)?(?:une\s|de\sl['’]\s?)?(?:IA|AI|intelligence\sartificielle|artificial\sintelligence)"
_NEGATED = re.compile(r"\b(?:n['’]|ne\s)\S{1,30}.{0,40}\b(?:pas|jamais)\b|\bwas\snot\b|\bhas\snot\b|\bnever\b", re.I)
_NONE = re.compile(
    rf"\bsans\s(?:aucun(?:e)?\s)?(?:recours\sà\s|(?:usage|(?:l['’])?aide)\sd(?:e\s|['’]))?{_AI}\b"
    rf"|\baucune\s(?:IA|intelligence\sartificielle)\b|\bwithout\s(?:the\s(?:help|use)\sof\s|any\s)?{_AI}\b|\bno\sAI\b",
    re.I,
)
_ASSISTED = re.compile(
    r"\bavec\s(?:l['’]aide|l['’]assistance|l['’]appui|le\sconcours|le\ssoutien)\b|\bà\sl['’]aide\b|\bassisté(?:e|s|es)?\b"
    r"|\bwith\sthe\s(?:help|assistance|support)\b|\b(?:AI|IA)[\s-]assisted\b|\bassisted\sby\b|\baided\sby\b",
    re.I,
)
_GENERATED = re.compile(
    rf"\b(?:généré|rédigé|écrit|produit|créé)(?:e|s|es)?\s(?:entièrement\s|intégralement\s)?par\s{_AI}"
    rf"|\b(?:entirely\s)?(?:generated|written|produced)\s(?:entirely\s)?by\s(?:an\s)?{_AI}\b|\bAI[\s-]generated\b",
    re.I,
)
_BY_TOOL = re.compile(
    r"\b(?:généré|rédigé|écrit|produit|créé)(?:e|s|es)?\s(?:entièrement\s|intégralement\s)?par\s(?:un\s)?"
    r"(?:grand\s)?(?:ChatGPT|GPT|modèle\sde\slang(?:ue|age))\b"
    r"|\b(?:generated|written|produced|drafted)\s(?:entirely\s)?by\s(?:a\s)?(?:large\s)?(?:ChatGPT|GPT|language\smodel)\b",
    re.I,
)
_UNREVIEWED = re.compile(
    r"\b(?:non|pas|jamais|sans|not|never|without)\s(?:\S+\s){0,3}?"
    r"(?:relu|relire|relecture|revu|vérifié|validé|corrigé|reviewed|checked|edited|verified|review)",
    re.I,
)
_REVIEWED = re.compile(r"\b(?:relu|revu|révisé|vérifié|validé|corrigé|reviewed|checked|edited|verified)", re.I)


def guess_level(sentence: str) -> str:
    """A level of `AIDisclosure.Level`, or nothing where a person has to answer."""
    sentence = sentence[:LONGEST]
    if _NONE.search(sentence):
        return AIDisclosure.Level.NONE
    if _NEGATED.search(sentence):
        return ""
    if _ASSISTED.search(sentence):
        return AIDisclosure.Level.ASSISTED
    if _GENERATED.search(sentence) or _BY_TOOL.search(sentence):
        reviewed = _REVIEWED.search(sentence) and not _UNREVIEWED.search(sentence)
        return AIDisclosure.Level.REVIEWED if reviewed else AIDisclosure.Level.GENERATED
    return ""
