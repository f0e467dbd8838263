"""Note the sections that say themselves, in their first lines, how AI was used in them.

    "# Annexe 2. Glossaire", "Cette annexe a été rédigée avec l’aide d’une IA, puis relue."
    ->  the section says so; the paragraph stays where it is

Only a paragraph that opens a section, names it (« ce chapitre », "this appendix") and says at once by what means it was
written is believed: a sentence about AI, or about somebody who works on it, is none.
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.wording import plain

LONGEST = 300
"""Characters of a paragraph that says this and little else."""

_AI = (
    r"(?:i\.?a\.?|intelligences? artificielles?|modèles? de lang(?:ue|age)s?|grands? modèles? de lang(?:ue|age)s?"
    r"|chatgpt|gpt(?:-\d\w*)?|copilot|gemini|llms?)(?![\w’'-])"
)
_TOOL = r"(?:(?:outil|modèle|assistant|logiciel|agent|système)s?(?: d[’']| de l[’']| fondés? sur l[’']| )?)?"
_BY_MEANS = (
    r"(?:(?:avec|sans) (?:l[’'](?:aide|assistance|appui|usage)|le (?:concours|soutien)|aide|recours à|usage)"
    r"|à l[’']aide|au moyen|grâce à|par|avec|sans)"
)
_FRENCH = re.compile(
    rf"(?:(?:note|avertissement|mention|transparence|usage de l[’']ia) ?: ?)?(?:le texte de )?"
    rf"(?:cet(?:te)?|ce|le présent|la présente) "
    rf"(?:chapitre|section|sous-section|partie|annexe|introduction|conclusion|résumé|synthèse|entretien|glossaire"
    rf"|avant-propos|préface)"
    rf" (?:a été|est)(?: (?:en (?:grande )?partie|partiellement|entièrement|intégralement|largement|d[’']abord))?"
    rf" (?:rédigé|écrit|généré|produit|traduit|résumé|élaboré|réalisé|créé|préparé|reformulé|corrigé)e?"
    rf"(?: (?:en (?:grande )?partie|partiellement|entièrement|intégralement|largement))?"
    rf" {_BY_MEANS} ?(?:d[’']|de |du |des |à )?(?:une? |l[’']|la |le |aucune? )?{_TOOL}{_AI}",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?:(?:note|disclosure|use of ai) ?: ?)?(?:the text of )?(?:this|the present) "
    r"(?:chapter|section|subsection|part|appendix|annex|introduction|conclusion|summary|abstract|interview|glossary"
    r"|foreword|preface)"
    r" (?:was|has been|is)(?: (?:partly|largely|entirely|first))?"
    r" (?:written|drafted|generated|produced|translated|summari[sz]ed|created|prepared|edited)"
    r"(?: (?:partly|largely|entirely))?"
    r" (?:with the (?:help|assistance|support|use) of|without the (?:help|use) of|with|without|by|using)"
    r" (?:an? |the |any )?(?:generative |large )?(?:ai|artificial intelligence|language models?|chatgpt|gpt(?:-\d\w*)?"
    r"|copilot|gemini|llms?)(?=$| ?[.,;:()]| (?:and|then|tools?|models?|assistants?|systems?|before|under)\b)",
    re.IGNORECASE,
)


def section_says_ai(text: str) -> bool:
    """« Ce chapitre a été rédigé avec l’aide d’une IA »: a paragraph in which a section says how it was made."""
    text = " ".join(text.split())
    return len(text) <= LONGEST and (_FRENCH.match(text) or _ENGLISH.match(text)) is not None


def section_disclosures(draft: Draft) -> None:
    heading: Piece | None = None
    for piece in draft.pieces:
        if piece.kind == "heading":
            heading = piece
        elif heading is not None and piece.kind not in ("metadata", "note", "furniture"):
            text = plain(piece.text) if piece.kind in ("paragraph", "quote") and not piece.opaque else ""
            if section_says_ai(text):
                heading.facts["ai_disclosure"] = text
                draft.find(
                    "section-ai-disclosure",
                    piece.line,
                    f"« {text[:120]} » dit comment l’IA a servi à cette section ; le paragraphe reste à sa place.",
                )
            heading = None
