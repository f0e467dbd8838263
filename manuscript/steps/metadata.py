"""Gather what the text says about itself: kind, abstracts, keywords, biography, the part that AI had, a title where
none is.

"# Résumé" + "**Mots-clés :** a, b"                    ->  abstract in French, keywords a and b
last line "Texte rédigé avec l'aide d'une IA"          ->  the disclosure, not a paragraph
no title, first sentence "La ville change vite."       ->  title proposed, and reported as a doubt
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.kinds import is_abstract, is_biography
from manuscript.languages import language_of
from manuscript.model import DocumentKind
from manuscript.steps.headings import describe
from manuscript.wording import plain

LONGEST_TITLE = 120
_KEYWORDS = re.compile(
    r"(mots[ -]?cl[ée]s|key[ -]?words)[ \xa0\u202f]*:?[ \xa0\u202f]*(.*)$", re.IGNORECASE | re.DOTALL
)
_DISCLOSURE = re.compile(
    r"(?:(?:note|mention|avertissement|transparence)\s*:\s*)?"
    r"(?:(?:une? |la |le |a |the )?(?:premi[èe]re (?:version|r[ée]daction)|premier jet|first (?:draft|version)) "
    r"(?:de |du |of ))?"
    r"(?:(?:ce(?:t|tte|s)?|le|la|les|l[’']|this|the|une partie d[eu]s? ?(?:ce|cet|cette)?)\s*)?"
    r"(?:contenus?|textes?|articles?|documents?|billets?|livre blanc|rapport|th[èe]se|m[ée]moire|travail|"
    r"pages?|illustrations?|images?|"
    r"traduction|visuels?|content|text|paper|whitepaper|post|translation)?\s*"
    r"(?:(?:a|ont)\s+[ée]t[ée]\s+|est\s+|sont\s+|was\s+|were\s+|has been\s+|partiellement\s+|en partie\s+|"
    r"enti[èe]rement\s+|partly\s+)*"
    r"(?:r[ée]dig|r[ée]alis|g[ée]n[ée]r|[ée]crit|produit|cr[ée]|con[çc]u|[ée]labor|pr[ée]par|tradui|rel|corrig|illustr|assist|"
    r"written|generated|created|produced|drafted|prepared|translated)(?:[ée]e?s?|u?e?s?|te?s?)?\b[^.]{0,120}?"
    r"(?:\bI\.?A\.?(?!\w)|intelligence artificielle|ChatGPT|\bGPT|Claude|Gemini|Copilot|Mistral|\bA\.?I\.?(?!\w"
    r")|\bLLM|mod[èe]les? de lang(?:ag|u)es?|language models?)",
    re.IGNORECASE,
)
_WHITEPAPER = re.compile(r"\b(?:livre blanc|white ?paper)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(.{15,}?[^\s.][.!?…])(?=\s|$)", re.DOTALL)


def says_ai(text: str) -> bool:
    """« Réalisé avec l’aide d’une IA »: a line in which a work says how it was made."""
    return len(text) <= 300 and _DISCLOSURE.match(text) is not None


def metadata(draft: Draft) -> None:
    _disclosure(draft)
    _sections(draft)
    _kind(draft)
    _title(draft)


def _disclosure(draft: Draft) -> None:
    rows = [p for p in draft.pieces if p.kind in ("paragraph", "quote", "item") and not p.opaque]
    for piece in [*rows[-3:][::-1], *rows[:3]]:
        text = plain(piece.text)
        if "ai_disclosure" not in draft.metadata and says_ai(text):
            draft.metadata["ai_disclosure"] = text
            piece.kind = "metadata"
            draft.find(
                "ai-disclosure", piece.line, f"« {text[:120]} » est la mention de l’usage de l’IA, pas un paragraphe."
            )


def _sections(draft: Draft) -> None:
    """Abstracts, keywords and biography, which stay sections of the work as well."""
    heading: Piece | None = None
    texts: list[str] = []
    known = draft.metadata
    abstracts: dict[str, str] = dict(known.get("abstract") or {})
    keywords: dict[str, tuple[str, ...]] = dict(known.get("keywords") or {})

    def close() -> None:
        if heading is None or not texts:
            return
        title = describe(heading).title
        code = is_abstract(title)
        body = "\n\n".join(texts).strip()
        if code and not heading.number:
            abstracts.setdefault(language_of(body) or code, body)
        elif is_biography(title) and "biography" not in known:
            known["biography"] = body

    for piece in draft.pieces:
        if piece.kind == "heading":
            close()
            heading, texts = piece, []
            continue
        if piece.opaque or piece.kind not in ("paragraph", "item", "quote"):
            continue
        match = _KEYWORDS.match(plain(piece.text)) if len(piece.text) < 1500 else None
        if match and match[2]:
            words = tuple(w for w in (w.strip(" .") for w in re.split(r"[,;•·]|\s[-–—]\s", match[2])) if w)
            keywords.setdefault("en" if match[1].lower().startswith("key") else "fr", words)
            piece.kind = "metadata"
            continue
        if heading is not None and (is_abstract(describe(heading).title) or is_biography(describe(heading).title)):
            text = f"- {piece.text}" if piece.kind == "item" else piece.text
            if texts and piece.kind == "item" and texts[-1].startswith("- "):
                texts[-1] += f"\n{text}"
            else:
                texts.append(text)
    close()
    if abstracts:
        known["abstract"] = abstracts
    if keywords:
        known["keywords"] = keywords


def _kind(draft: Draft) -> None:
    if "kind" in draft.metadata:
        return
    headings = [p for p in draft.pieces if p.kind == "heading"]
    words = sum(len(p.text.split()) for p in draft.pieces if p.kind in ("paragraph", "item", "quote"))
    opening = " ".join(p.text[:2000] for p in draft.pieces[:40])[:20_000]
    numbered = sum(p.number is not None for p in headings)
    if len(headings) >= 5 and _WHITEPAPER.search(opening):
        kind = DocumentKind.WHITEPAPER
    elif words > 40_000 and headings:
        kind = DocumentKind.BOOK
    elif draft.contents and numbered >= 5:
        kind = DocumentKind.BOOK if words > 15_000 else DocumentKind.REPORT
    else:
        kind = DocumentKind.ARTICLE
    draft.metadata["kind"] = kind


def _title(draft: Draft) -> None:
    if draft.metadata.get("title"):
        return
    first = next(
        (p for p in draft.pieces if p.kind in ("paragraph", "quote", "item", "heading") and p.text.strip()), None
    )
    if first is None:
        return
    text = describe(first).title if first.kind == "heading" else plain(first.text[:2000])
    sentence = _SENTENCE.match(text)
    title = (sentence[1] if sentence else text).rstrip(" .")
    if len(title) > LONGEST_TITLE:
        heading = next((p for p in draft.pieces if p.kind == "heading"), None)
        if heading is not None:
            title = describe(heading).title
    if len(title) > LONGEST_TITLE:
        title = title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    draft.metadata["title"] = title
    draft.doubt(
        "title-proposed",
        first.line,
        f"Le texte n’a pas de titre ; « {title} » est proposé d’après ses premiers mots. À confirmer ou à corriger.",
    )
