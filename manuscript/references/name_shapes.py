"""One person, by the shapes in which entries print names; each shape with the mark that must follow it.

before: Roux, Anne, | ROUX A. | A. Roux, | Roux (A.), | ROUX Anne, | Anne ROUX, | Roux AB, | Anne Roux,
after:  {"family": "Roux", "given": "Anne"}, the token after it, and whether the shape alone is proof of a name
"""

from __future__ import annotations

import re

from manuscript.references.name_tokens import Token, known_given
from manuscript.references.roles import ROLE
from manuscript.references.vocabulary import fold, is_institution, is_journal

_NON_DROPPING_TEXT = """
de du des von van der den vom zu zur di da do dos das del della ten ter af y e
"""
_NON_DROPPING = frozenset(_NON_DROPPING_TEXT.split())
_SMALL_INITIALS = re.compile(r"\s(?:[^\W\d_]\.-?){1,3}(?=[\s,;]|$)")
_ONE_WORD_TITLES = frozenset(
    ("introduction", "preface", "conclusion", "avant-propos", "postface", "editorial", "presentation", "review")
)
_BOUNDARY = frozenset("0,;.:([&«“\"/—–-\ue000\ue001'‘’!")


def person(family: str, given: str = "") -> dict[str, str]:
    """A CSL name. A particle in front of the family name is kept apart ("de Beauvoir" -> de + Beauvoir)."""
    family, given = family.strip(" ,;"), given.strip(" ,;()")
    out: dict[str, str] = {}
    words = family.split()
    lead = 0
    while lead < len(words) - 1 and words[lead] in _NON_DROPPING:
        lead += 1
    if lead:
        out["non-dropping-particle"] = " ".join(words[:lead])
        family = " ".join(words[lead:])
    out["family"] = family
    if given:
        out["given"] = given
    return out


def ends_name(toks: list[Token], i: int, text: str) -> bool:
    """Whether a name may stop before token i: a mark, a conjunction, a number or the end."""
    if i >= len(toks) or toks[i].text.rstrip(".") in ("Jr", "Sr"):
        return True
    before = toks[i - 1].end if i else 0
    return (
        toks[i].kind in _BOUNDARY
        or bool(re.match(r"\s*[\d(\[]", text[before : before + 3]))
        or toks[i].kind == "\ue000"
    )


def family_end(toks: list[Token], i: int) -> int:
    """The token after a family name at i: particles, then one to three capitalised words or a row of capitals."""
    j = i
    while j < len(toks) and toks[j].kind == "p" and j - i < 3:
        j += 1
    if j >= len(toks) or toks[j].kind not in "CU":
        return i
    kind = toks[j].kind
    j += 1
    while j < len(toks) and j - i < 5:
        if toks[j].kind == kind == "U":
            j += 1
        elif (
            toks[j].kind == "p"
            and j + 1 < len(toks)
            and toks[j + 1].kind in "CU"
            and toks[j].text.lower() not in ("e", "y")
        ):
            j += 2
        else:
            break
    return j


def printed(toks: list[Token], i: int, j: int, text: str) -> str:
    return text[toks[i].start : toks[j - 1].end] if j > i else ""


def read_person(
    toks: list[Token], i: int, text: str, first: bool, order: str
) -> tuple[dict[str, str], int, bool] | None:
    """One person at token i: the CSL name, the next token, and whether the shape alone is proof."""
    n = len(toks)
    if i >= n:
        return None
    kind = toks[i].kind
    # J. L. Roux, M.-T. Petit, É. de Roux
    if kind == "I":
        j = i + 1
        while j < n and toks[j].kind == "I" and j - i < 4:
            j += 1
        # "R, A.": a family name cut to its initial.
        if (
            toks[i].text.rstrip(".").isupper()
            and j == i + 1
            and j + 1 < n
            and toks[j].kind == ","
            and toks[j + 1].kind == "I"
        ):
            after = j + 2
            if ends_name(toks, after, text) and not (after < n and toks[after].kind in "CU"):
                return person(toks[i].text, toks[j + 1].text), after, True
        middle = j
        if j < n and toks[j].kind == "C" and j + 1 < n and toks[j + 1].kind in "CU" and known_given(toks[j].text):
            middle = j + 1
        k = family_end(toks, middle)
        # A double family name without hyphen, closed by a mark.
        if middle < k < n and toks[k].kind in "CU" and ends_name(toks, k + 1, text):
            k += 1
        if k > middle and (ends_name(toks, k, text) or ROLE.match(text, toks[k - 1].end)):
            return person(printed(toks, middle, k, text), printed(toks, i, middle, text)), k, True
        short = toks[j - 1].text.rstrip(".")
        if middle == j and j - i > 1 and len(short) > 1 and short[1:].islower():
            # "S. L. Min.": a short family name before a full stop looks like an abbreviated given name.
            return person(short, printed(toks, i, j - 1, text)), j, True
        return None
    if kind not in "CUp":
        # "roux a." in an entry all in small letters.
        given = _SMALL_INITIALS.match(text, toks[i].end) if kind == "w" and toks[0].kind == "w" else None
        if given:
            after = i + 1
            while after < n and toks[after].start < given.end():
                after += 1
            return person(toks[i].text, given[0]), after, True
        return None
    j = family_end(toks, i)
    if j == i:
        return None
    # Two capitalised words before a comma and initials: a double family name.
    wide = j
    while wide < n and toks[wide].kind in "CU" and wide - i < 4:
        wide += 1
    for k in (j, wide) if wide > j else (j,):
        # Family, J.-P.  /  Family, Given
        if k < n and toks[k].kind == "," and k + 1 < n:
            g = k + 1
            while g < n and toks[g].kind == "I" and g - k < 5:
                g += 1
            mixed = k > j and toks[i].kind != toks[k - 1].kind and "U" in (toks[i].kind, toks[k - 1].kind)
            # "N. Family" after the comma is the next person, given name first, unless a mark follows the initials.
            goes_on = order == "given" and g < n and toks[g].kind in "CUp" and toks[g].start - toks[g - 1].end < 2
            if g > k + 1 and not mixed and not goes_on:
                end = g
                if end < n and toks[end].kind == "p" and ends_name(toks, end + 1, text):
                    end += 1
                return person(printed(toks, i, k, text), printed(toks, k + 1, end, text)), end, True
            if g == k + 1 and toks[g].kind in "C" and k - i <= 3 and not mixed and order != "given":
                e = g + 1
                while e < n and toks[e].kind in "CI" and e - g < 3:
                    e += 1
                known = known_given(toks[g].text)
                single = k == j or toks[i].kind == "U" or known
                nxt = toks[e].kind if e < n else "."
                closed = ends_name(toks, e, text) or ROLE.match(text, toks[e - 1].end) is not None
                if nxt == "&" and e + 1 < n and toks[e + 1].kind not in "CUIp":
                    closed = False
                if nxt == "," and not known and toks[i].kind != "U" and e - g > 1:
                    closed = False
                if e < n and toks[e].kind == "p" and known and ends_name(toks, e + 1, text):
                    # "Rivière, Anne de,": the particle stands after the given name.
                    return person(printed(toks, i, k, text), printed(toks, g, e + 1, text)), e + 1, True
                if closed and single and (known or first or order == "family"):
                    return person(printed(toks, i, k, text), printed(toks, g, e, text)), e, known or toks[i].kind == "U"
        # Family JP, as medical journals print it.
        if (
            k < n
            and (toks[k].kind == "U" or (not first and len(toks[k].text) == 2 and toks[k].kind == "C"))
            and len(toks[k].text) <= 3
            and toks[k - 1].kind == "C"
            and (k + 1 >= n or toks[k + 1].kind in ",.;")
            and (not first or text[toks[k].end : toks[k].end + 1] in ",.")
            and all(t.kind in "Cp" for t in toks[i:k])
        ):
            return person(printed(toks, i, k, text), toks[k].text), k + 1, True
        # Family J.-P.  /  Family (J.-P.)
        if k < n and toks[k].kind == "I":
            g = k
            while g < n and toks[g].kind == "I" and g - k < 4:
                g += 1
            dotted = toks[g - 1].text.endswith(".")
            if (dotted or (k == j and ends_name(toks, g, text))) and not (k > j and known_given(toks[i].text)):
                # "Jean P. Family": a middle initial.
                middle_initial = known_given(toks[i].text) or bool(
                    re.match(r"\s*[\w’'-]+(?:,\s?[«“\"]|\s\()", text[toks[g - 1].end : toks[g - 1].end + 60])
                )
                lone = g == k + 1 and order != "family" and len(toks[k].text) == 2 and first
                if lone and g < n and _closes_name(toks, g, text):
                    # "Maude S. Kerjean, ..." rather than a title of one word, which is mostly one of these.
                    middle_initial = middle_initial or fold(toks[g].text) not in _ONE_WORD_TITLES
                if middle_initial and g < n and toks[g].kind in "CU" and k == i + 1:
                    f = family_end(toks, g)
                    if ends_name(toks, f, text):
                        return person(printed(toks, g, f, text), printed(toks, i, g, text)), f, True
                return person(printed(toks, i, k, text), printed(toks, k, g, text)), g, True
            if known_given(toks[i].text) and g < n and toks[g].kind in "CU":
                last = family_end(toks, g)
                if last > g and ends_name(toks, last, text):
                    return person(printed(toks, g, last, text), printed(toks, i, g, text)), last, True
        if k + 2 < n and toks[k].kind == "(" and toks[k + 1].kind in "IC":
            g = k + 1
            while g < n and toks[g].kind in "IC" and g - k < 4:
                g += 1
            if g < n and toks[g].kind == ")" and not ROLE.match(text, toks[k].start):
                inner = printed(toks, k + 1, g, text)
                if toks[k + 1].kind == "I" or known_given(inner):
                    return person(printed(toks, i, k, text), inner), g + 1, True
    return _read_plain(toks, i, text, order)


def _closes_name(toks: list[Token], i: int, text: str) -> bool:
    """Whether the word at i ends a name: a comma or "and" follows, or a full stop and a whole title after it."""
    after = text[toks[i].end :]
    if re.match(r",?\s(?:and|et|&)\s|,\s|\s\(\d{4}|\s?[«“\"]", after):
        return True
    sentence = re.match(r"\.\s([^.,;:]{1,300})", after)
    return sentence is not None and len(sentence[1].split()) >= 4


def _read_plain(toks: list[Token], i: int, text: str, order: str) -> tuple[dict[str, str], int, bool] | None:
    """Two to four words without a comma: "ROUX Anne", "Anne ROUX", "Anne Roux", "Roux Anne", "Anne Le Roux"."""
    n = len(toks)
    j = i
    while j < n and j - i < 6 and toks[j].kind in "CUp":
        j += 1
    while j > i and toks[j - 1].kind == "p":
        j -= 1
    kinds = [t.kind for t in toks[i:j]]
    if j - i < 2 or ("U" not in kinds and "C" not in kinds):
        return None
    capitals = [k for k in range(i, j) if toks[k].kind == "U"]
    words = [k for k in range(i, j) if toks[k].kind == "C"]
    if capitals and words:
        # "AI Update", "CB News": an acronym is no family name unless a known given name stands beside it.
        if all(len(toks[k].text) <= 3 for k in capitals) and not any(known_given(toks[k].text) for k in words):
            return None
        # Capitals say which is the family name; what follows a second change of case is no name any more.
        if capitals[0] == i or toks[i].kind == "p":
            last = max(
                k for k in range(i, j) if toks[k].kind in "Up" and all(toks[m].kind in "Up" for m in range(i, k + 1))
            )
            g = last + 1
            e = g
            while e < j and toks[e].kind == "C" and e - g < 2:
                e += 1
            if e == g:
                return None
            if not ends_name(toks, e, text) and e - g == 2:
                e -= 1
            if not ends_name(toks, e, text) and not known_given(toks[g].text) and not ROLE.match(text, toks[e - 1].end):
                return None
            return person(printed(toks, i, g, text), printed(toks, g, e, text)), e, True
        g = capitals[0]
        while g > i and toks[g - 1].kind == "p":
            g -= 1
        e = g
        while e < j and toks[e].kind in "Up":
            e += 1
        if g == i or g - i > 3 or not (ends_name(toks, e, text) or ROLE.match(text, toks[e - 1].end)):
            return None
        return person(printed(toks, g, e, text), printed(toks, i, g, text)), e, True
    if not ends_name(toks, j, text) and not ROLE.match(text, toks[j - 1].end):
        # No mark at all after the name: only a known given name in second place says where it stops.
        first, second = toks[i], toks[i + 1]
        if second.kind == "C" and known_given(second.text) and not known_given(first.text) and len(first.text) > 3:
            return person(first.text, second.text), i + 2, first.text.lower() not in ("saint", "sainte", "dom", "père")
        return None
    if j - i > 4 or (j - i > 3 and "p" not in kinds):
        return None
    if known_given(toks[i].text) and not (order == "family" and known_given(toks[j - 1].text)):
        g = i + 1
        while g < j - 1 and toks[g].kind == "C" and known_given(toks[g].text) and j - g > 1:
            g += 1
        return person(printed(toks, g, j, text), printed(toks, i, g, text)), j, True
    if known_given(toks[j - 1].text) and toks[j - 1].kind in "CU":
        return person(printed(toks, i, j - 1, text), toks[j - 1].text), j, True
    # Two or three capitalised words that nothing else explains, before a comma or a full stop and a year.
    after = text[toks[j - 1].end :][:8]
    plain = not re.match(r"(?:the|an?|l[ae]s?|une?|des?)\b", text[toks[i].start :], re.IGNORECASE)
    name = printed(toks, i, j, text)
    stands = i == 0 and kinds[0] == "C" and re.match(r",\s[A-ZÀ-Þ«“\"]|\.\s[\dA-ZÀ-Þ]", after)
    if stands and plain and not is_institution(name) and not is_journal(name):
        return person(printed(toks, j - 1, j, text), printed(toks, i, j - 1, text)), j, False
    return None
