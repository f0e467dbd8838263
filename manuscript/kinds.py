"""What a title says about the kind of its section, in French and English; no title of one document stands here."""

from __future__ import annotations

import re

from manuscript.model import SectionKind
from manuscript.wording import fold

_FRONT = re.compile(
    r"(?:remerciements?|dedicaces?|avantpropos|preface|prologue|epigraphe|avertissement|resumes?|abstract|summary|"
    r"executivesummary|syntheseexecutive|resumeexecutif|resumemanageria[lu]|motscles|keywords|acknowledge?ments?|foreword|"
    r"lauteure?|lesauteure?s|lautrice|lesautrices|aproposdelauteure?|aproposdelautrice|aproposdesauteurs|abouttheauthors?|"
    r"glossaire|lexique|glossary|listedes(?:sigles|abreviations|acronymes|figures|tableaux|illustrations).*|sigles.*|"
    r"abreviations|acronymes|declaration(?:surlhonneur|dauthenticite|dehonneur)?|attestation.*|engagement.*plagiat|"
    r"notealattentiondulecteur|notesdelauteure?|remarquespreliminaires)"
)
_INTRODUCTION = re.compile(r"(?:introduction|introductiongenerale|generalintroduction|introductiongeneral)")
_CONCLUSION = re.compile(
    r"(?:conclusions?|conclusions?generales?|generalconclusion|conclusionetperspectives|conclusion(?:s)?etouverture)"
)
_BIBLIOGRAPHY = re.compile(
    r"(?:bibliographie|bibliography|references|referencesbibliographiques|webographie|sitographie|sources|"
    r"sourcesetbibliographie|bibliographieetwebographie|bibliographieetsitographie|bibliographiegenerale|"
    r"bibliographieselective|ouvragescites|workscited|sourcesbibliographiques|referencesetsources|sourcesetreferences)"
)
_BACK = re.compile(
    r"(?:annexes?|appendices|appendix|listedesannexes|index|postface|epilogue|colophon|tabledesannexes|quatriemedecouverture)"
)
_INTERVIEWS = re.compile(r".*(?:entretiens?|interviews?|verbatims?|temoignages?)s?.*")

TOP: tuple[tuple[re.Pattern[str], SectionKind], ...] = (
    (_FRONT, SectionKind.FRONT_MATTER),
    (_INTRODUCTION, SectionKind.INTRODUCTION),
    (_CONCLUSION, SectionKind.CONCLUSION),
    (_BIBLIOGRAPHY, SectionKind.BIBLIOGRAPHY),
    (_BACK, SectionKind.BACK_MATTER),
)


def kind_of(title: str) -> SectionKind | None:
    """The kind that a title alone tells, None for a title like any other."""
    folded = fold(title)
    for pattern, kind in TOP:
        if pattern.fullmatch(folded):
            return kind
    return None


def is_annexes(title: str) -> bool:
    return fold(title) in ("annexes", "annexe", "appendices", "listedesannexes", "tabledesannexes")


def is_abstract(title: str) -> str:
    """Language of the abstract that a section of this title holds, or nothing."""
    folded = fold(title)
    if folded in ("resume", "resumes", "resumeenfrancais", "resumefrancais"):
        return "fr"
    return "en" if folded in ("abstract", "summary", "abstractinenglish", "englishabstract") else ""


def is_biography(title: str) -> bool:
    return (
        re.fullmatch(
            r"lauteure?|lautrice|lesauteure?s|aproposdelauteure?|aproposdelautrice|abouttheauthors?|biographie|"
            r"biographiedelauteure?|notebiographique",
            fold(title),
        )
        is not None
    )


def names_interviews(title: str) -> bool:
    """Whether a title says nothing but that interviews follow."""
    return (
        re.fullmatch(r"(?:les|transcriptions?des|retranscriptions?des)?(?:entretiens|interviews)", fold(title))
        is not None
    )


def is_interviews(title: str) -> bool:
    """Whether a title opens a section of interviews; a question about them (« Qui interviewer ? ») opens none."""
    return _INTERVIEWS.fullmatch(fold(title)) is not None and not title.rstrip(' »"”').endswith("?")
