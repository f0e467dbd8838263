"""People and organisations at the head of an entry, or after "In".

before: Py, J., & Somat, A. (1991) | ROUX Anne et PETIT P. 2010 | J. L. Roux, A. Petit (dir.), | Roux (J.-P.),
after:  [{"family": "Py", "given": "J."}, {"family": "Somat", "given": "A."}], the place where the names stop, "editor"

Names are read as tokens, one person at a time, each by the shapes of ``_SHAPES``; a name that no shape reads ends the
list. The reader never goes back over a person, so it is linear.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from manuscript.references.given_names import GIVEN_NAMES
from manuscript.references.vocabulary import is_institution, is_journal

PARTICLES = frozenset(
    [
        "de",
        "du",
        "des",
        "d’",
        "d'",
        "von",
        "van",
        "der",
        "den",
        "vom",
        "zu",
        "zur",
        "la",
        "le",
        "les",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "dell’",
        "ten",
        "ter",
        "af",
        "al",
        "el",
        "bin",
        "ibn",
        "y",
        "e",
    ]
)
_NON_DROPPING = frozenset(
    [
        "de",
        "du",
        "des",
        "von",
        "van",
        "der",
        "den",
        "vom",
        "zu",
        "zur",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "ten",
        "ter",
        "af",
        "y",
        "e",
    ]
)
_CONJUNCTIONS = frozenset(("et", "and", "&", "und", "y", "e", "i", "avec", "with"))
ROLES = {
    "editor": (
        r"(?:[ée]d(?:it)?s?|éditrices?|editors?|hrsg|hg|dirs?|ss?\.?\s?(?:la\s)?dir|sous la dir(?:ection)?(?: de)?|directeurs?"
        r"|directrices?|direction|coords?(?:\.?\spar)?|coordinateurs?|coordinatrices?|coordinators?|a cura di|comps?)"
    ),
    "translator": r"(?:trads?|traducteurs?|traductrices?|trans|translators?)",
}
_ROLE = re.compile(
    r"\s*,?\s*(?:[(\[]\s?(?P<in>"
    + "|".join(ROLES.values())
    + r")\.?\s?[)\]]|(?P<out>"
    + "|".join(ROLES.values())
    + r")\b\.?(?=\s?[,:.»«“\"]|\s|$))",
    re.IGNORECASE,
)
ET_AL = re.compile(
    r"\s*[,;]?\s*(?:[(\[]\s?)?(?:et\.?\sal(?:ii|\b)\.?|&\sal\b\.?|and\sal\b\.?|et\scoll\b\.?|and\sothers\b|et\sautres\b)(?:\s?[)\]])?",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?P<initials>[^\W\d_a-zß-öø-ÿ]\.?(?:[\s]?[-‑‐]?[^\W\d_a-zß-öø-ÿ][.])*(?:\s?[-‑‐]\s?[^\W\d_a-zß-öø-ÿ][a-z]{0,2}(?:\.|(?!\w)))*(?![\w’'])\.?)"
    r"|(?P<word>[^\W\d_]+(?:[-‑‐–’'ʼ.](?=[^\W\d_])[^\W\d_]+)*)"
    r"|(?P<number>\d+\w*)|(?P<and>&)|(?P<mark>[^\w\s])"
)
_COMPANY = frozenset(("inc", "ltd", "co", "corp", "cie", "llc"))
_SHORTENED = re.compile(r"^[^\W\d_][a-zà-ÿ]{0,2}$")


_SMALL_INITIALS = re.compile(r"\s(?:[^\W\d_]\.-?){1,3}(?=[\s,;]|$)")


class Token(NamedTuple):
    """kind: I initials, C capitalised, U capitals, p particle, w other word, & conjunction, or the mark itself."""

    kind: str
    text: str
    start: int
    end: int


class Names(NamedTuple):
    """People read from a text: CSL names, where they stop, the role printed after them, and how sure the shape is."""

    people: list[dict[str, str]]
    end: int
    role: str
    sure: bool
    et_al: bool = False


def _is_capitals(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= len(letters) - word.count("c") * word.startswith(
        "Mc"
    )


def tokens(text: str, start: int = 0, limit: int = 160) -> list[Token]:
    """The first tokens of the text."""
    out: list[Token] = []
    for match in _TOKEN.finditer(text, start):
        kind, word = match.lastgroup or "mark", match[0]
        if kind == "initials":
            kind = "I"
        elif kind == "and":
            kind = "&"
        elif kind == "number":
            kind = "0"
        elif kind == "mark":
            kind = word
        elif word.lower() in PARTICLES and not word.isupper():
            kind = "p"
            if word in ("y", "e"):
                kind = "&"
        elif word.lower() in _CONJUNCTIONS and word.lower() == word:
            kind = "&"
        elif _is_capitals(word):
            kind = "U"
        elif word[0].isupper() or (re.match(r"(?:d|l|O|D)['’]\w", word) and word[2:3].isupper()):
            after = text[match.end() : match.end() + 1]
            # "Cl." and "Ph." are initials of two or three letters.
            kind = (
                "I"
                if after == "."
                and _SHORTENED.match(word)
                and word.lower() not in _COMPANY
                and not re.search(r"[aeiouyàâéèêëîïôûù]$", word)
                else "C"
            )
        else:
            kind = "w"
        end = match.end()
        if kind == "I" and text[end : end + 1] == "." and not word.endswith("."):
            end += 1
        out.append(Token(kind, text[match.start() : end], match.start(), end))
        if len(out) >= limit:
            break
    # A full stop taken into an abbreviated given name is no mark of its own.
    return [t for i, t in enumerate(out) if not (t.kind == "." and i and out[i - 1].end > t.start)]


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


def known_given(word: str) -> bool:
    """Whether a word, or the first half of a double one, is a common given name."""
    low = word.lower().rstrip(".")
    return low in GIVEN_NAMES or re.split(r"[-‑‐]", low)[0] in GIVEN_NAMES


def _kinds(toks: list[Token], i: int, n: int) -> str:
    return "".join(t.kind if len(t.kind) == 1 else "?" for t in toks[i : i + n])


_BOUNDARY = frozenset("0,;.:([&«“\"/—–-\ue000\ue001'‘’!")


def _ends(toks: list[Token], i: int, text: str) -> bool:
    """Whether a name may stop before token i: a mark, a conjunction, a number or the end."""
    if i >= len(toks):
        return True
    before = toks[i - 1].end if i else 0
    return (
        toks[i].kind in _BOUNDARY
        or bool(re.match(r"\s*[\d(\[]", text[before : before + 3]))
        or toks[i].kind == "\ue000"
    )


def _family(toks: list[Token], i: int) -> int:
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


def _join(toks: list[Token], i: int, j: int, text: str) -> str:
    return text[toks[i].start : toks[j - 1].end] if j > i else ""


def _read_person(
    toks: list[Token], i: int, text: str, first: bool, order: str
) -> tuple[dict[str, str], int, bool] | None:
    """One person at token i: the CSL name, the next token, and whether the shape alone is proof."""
    n = len(toks)
    if i >= n:
        return None
    kind = toks[i].kind
    # J. L. Roux, M.-T. Lanquetin, É. de Will
    if kind == "I":
        j = i + 1
        while j < n and toks[j].kind == "I" and j - i < 4:
            j += 1
        # "L, B.": a family name cut to its initial.
        if (
            toks[i].text.rstrip(".").isupper()
            and j == i + 1
            and j + 1 < n
            and toks[j].kind == ","
            and toks[j + 1].kind == "I"
        ):
            after = j + 2
            if _ends(toks, after, text) and not (after < n and toks[after].kind in "CU"):
                return person(toks[i].text, toks[j + 1].text), after, True
        middle = j
        if j < n and toks[j].kind == "C" and j + 1 < n and toks[j + 1].kind in "CU" and known_given(toks[j].text):
            middle = j + 1
        k = _family(toks, middle)
        if k == middle:
            return None
        # A double family name without hyphen, closed by a mark.
        if k < n and toks[k].kind in "CU" and _ends(toks, k + 1, text):
            k += 1
        if not _ends(toks, k, text) and not _ROLE.match(text, toks[k - 1].end):
            return None
        return person(_join(toks, middle, k, text), _join(toks, i, middle, text)), k, True
    if kind not in "CUp":
        # "cornu m." in an entry all in small letters.
        if (
            first
            and kind == "w"
            and i + 1 < n
            and re.fullmatch(r"\w", toks[i + 1].text)
            and text[toks[i + 1].end : toks[i + 1].end + 1] == "."
        ):
            return person(toks[i].text, toks[i + 1].text + "."), i + 3, True
        return None
    j = _family(toks, i)
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
            if g > k + 1 and not mixed:
                # "N. Family" after the comma is the next person, given name first, unless a mark follows the initials.
                if not (g < n and toks[g].kind in "CUp" and toks[g].start - toks[g - 1].end < 2 and order == "given"):
                    end = g
                    if end < n and toks[end].kind == "p" and _ends(toks, end + 1, text):
                        end += 1
                    return person(_join(toks, i, k, text), _join(toks, k + 1, end, text)), end, True
            if g == k + 1 and toks[g].kind in "C" and k - i <= 3 and not mixed and order != "given":
                e = g + 1
                while e < n and toks[e].kind in "CI" and e - g < 3:
                    e += 1
                known = known_given(toks[g].text)
                single = k == j or toks[i].kind == "U" or known
                nxt = toks[e].kind if e < n else "."
                closed = _ends(toks, e, text) or _ROLE.match(text, toks[e - 1].end) is not None
                if nxt == "&" and e + 1 < n and toks[e + 1].kind not in "CUIp":
                    closed = False
                if nxt == "," and not known and toks[i].kind != "U" and e - g > 1:
                    closed = False
                if e < n and toks[e].kind == "p" and known and _ends(toks, e + 1, text):
                    # "Valence, Françoise de,": the particle stands after the given name.
                    return person(_join(toks, i, k, text), _join(toks, g, e + 1, text)), e + 1, True
                if closed and single and (known or first or order == "family"):
                    return person(_join(toks, i, k, text), _join(toks, g, e, text)), e, known or toks[i].kind == "U"
        # Family JP, as medical journals print it.
        if (
            k < n
            and toks[k].kind == "U"
            and len(toks[k].text) <= 3
            and toks[k - 1].kind == "C"
            and (k + 1 >= n or toks[k + 1].kind in ",.;")
            and (not first or text[toks[k].end : toks[k].end + 1] in ",.")
            and all(t.kind in "Cp" for t in toks[i:k])
        ):
            return person(_join(toks, i, k, text), toks[k].text), k + 1, True
        # Family J.-P.  /  Family (J.-P.)
        if k < n and toks[k].kind == "I":
            g = k
            while g < n and toks[g].kind == "I" and g - k < 4:
                g += 1
            dotted = toks[g - 1].text.endswith(".")
            if (dotted or _ends(toks, g, text)) and not (k > j and known_given(toks[i].text)):
                # "Jean P. Family": a middle initial.
                middle = known_given(toks[i].text) or re.match(
                    r"\s*[\w’'-]+(?:,\s?[«“\"]|\s\()", text[toks[g - 1].end : toks[g - 1].end + 60]
                )
                if middle and g < n and toks[g].kind in "CU" and k == i + 1:
                    f = _family(toks, g)
                    if _ends(toks, f, text):
                        return person(_join(toks, g, f, text), _join(toks, i, g, text)), f, True
                return person(_join(toks, i, k, text), _join(toks, k, g, text)), g, True
            if known_given(toks[i].text) and g < n and toks[g].kind in "CU":
                f = _family(toks, g)
                if f > g and _ends(toks, f, text):
                    return person(_join(toks, g, f, text), _join(toks, i, g, text)), f, True
        if k + 2 < n and toks[k].kind == "(" and toks[k + 1].kind in "IC":
            g = k + 1
            while g < n and toks[g].kind in "IC" and g - k < 4:
                g += 1
            if g < n and toks[g].kind == ")" and not _ROLE.match(text, toks[k].start):
                inner = _join(toks, k + 1, g, text)
                if toks[k + 1].kind == "I" or known_given(inner):
                    return person(_join(toks, i, k, text), inner), g + 1, True
    return _read_plain(toks, i, text, order)


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
            if not _ends(toks, e, text) and e - g == 2:
                e -= 1
            if not _ends(toks, e, text) and not known_given(toks[g].text) and not _ROLE.match(text, toks[e - 1].end):
                return None
            return person(_join(toks, i, g, text), _join(toks, g, e, text)), e, True
        g = capitals[0]
        while g > i and toks[g - 1].kind == "p":
            g -= 1
        e = g
        while e < j and toks[e].kind in "Up":
            e += 1
        if g == i or g - i > 3 or not (_ends(toks, e, text) or _ROLE.match(text, toks[e - 1].end)):
            return None
        return person(_join(toks, g, e, text), _join(toks, i, g, text)), e, True
    if not _ends(toks, j, text) and not _ROLE.match(text, toks[j - 1].end):
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
        return person(_join(toks, g, j, text), _join(toks, i, g, text)), j, True
    if known_given(toks[j - 1].text) and toks[j - 1].kind in "CU":
        return person(_join(toks, i, j - 1, text), toks[j - 1].text), j, True
    # Two or three capitalised words that nothing else explains, before a comma or a full stop and a year.
    after = text[toks[j - 1].end :][:8]
    plain = not re.match(r"(?:the|an?|l[ae]s?|une?|des?)\b", text[toks[i].start :], re.IGNORECASE)
    if (
        i == 0
        and plain
        and re.match(r",\s[A-ZÀ-Þ«“\"]|\.\s\d{4}", after)
        and not is_institution(_join(toks, i, j, text))
    ):
        if not is_journal(_join(toks, i, j, text)) and kinds[0] == "C":
            return person(_join(toks, j - 1, j, text), _join(toks, i, j - 1, text)), j, False
    return None


def read_names(text: str, start: int = 0, order: str = "") -> Names:
    """Read the people that stand at ``start``. ``order`` ("family", "given" or "") breaks ties between shapes."""
    toks = tokens(text, start)
    people: list[dict[str, str]] = []
    i, end, sure, role, et_al = 0, start, False, "", False
    seen_family_first = order == "family"
    bare = _capitals_list(toks, text)
    if bare:
        return bare
    while len(people) < 60:
        current = "family" if seen_family_first and not people else order
        read = _read_person(
            toks, i, text, not people, current if not people else ("family" if seen_family_first else order)
        )
        if read is None and people and i < len(toks):
            # After a conjunction the order often turns ("Roux, Anne, et Paul Petit").
            read = _read_person(toks, i, text, False, "given")
        if read is None and people and i < len(toks) and toks[i - 1].kind == "&" and toks[i].kind in "CU":
            # "..., and Jansson. 2010": a name run together with its given name, or without one.
            if re.match(r"[,.]?\s?\(?(?:1[4-9]|20)\d\d", text[toks[i].end : toks[i].end + 8]):
                read = person(toks[i].text), i + 1, True
        if read is None:
            break
        one, nxt, proof = read
        if people and not proof:
            break
        if not people and nxt - i >= 3 and any(t.kind == "," for t in toks[i:nxt]):
            seen_family_first = True
        people.append(one)
        sure = sure or proof
        end = toks[nxt - 1].end if nxt - 1 < len(toks) else len(text)
        i = nxt
        match = ET_AL.match(text, end)
        if match:
            et_al, end = True, match.end()
            while i < len(toks) and toks[i].start < end:
                i += 1
        match = _ROLE.match(text, end)
        if match:
            role = role_of(match["in"] or match["out"])
            end = match.end()
            while i < len(toks) and toks[i].start < end:
                i += 1
            if et_al or (i < len(toks) and toks[i].kind not in ",;&"):
                break
        if et_al:
            break
        step = i
        while step < len(toks) and toks[step].kind in (",", ";", "&", "/", "-", "–") and step - i < 3:
            step += 1
        if step == i and i < len(toks) and toks[i].kind == "." and seen_family_first:
            # "ROUX, Anne. PETIT, Paul. Titre": full stops between people, as long as both shapes are proof.
            ahead = _read_person(toks, i + 1, text, False, order)
            if ahead and ahead[2] and ahead[1] - i >= 4 and toks[i + 2].kind in ",CU":
                step = i + 1
        if step == i:
            break
        i = step
        if i < len(toks):
            match = _ROLE.match(text, toks[i].start)
            if match and match["in"]:
                role, end = role_of(match["in"]), match.end()
                break
    return Names(people, end, role, sure, et_al)


def _capitals_list(toks: list[Token], text: str) -> Names | None:
    """ "ROUX, PETIT et LE GALL, 2012": family names alone, in capitals, before a year."""
    people: list[dict[str, str]] = []
    i = 0
    while i < len(toks) and toks[i].kind in "Up":
        j = i
        while j < len(toks) and toks[j].kind in "Up":
            j += 1
        people.append(person(_join(toks, i, j, text)))
        end = toks[j - 1].end
        while j < len(toks) and toks[j].kind in (",", "&", ";"):
            j += 1
        i = j
    if len(people) > 1 and re.match(r"[,.]?\s*\(?(?:1[4-9]|20)\d\d", text[end:]):
        return Names(people, end, "", True)
    return None


def role_of(text: str) -> str:
    """The CSL role a printed mark stands for."""
    for role, pattern in ROLES.items():
        if re.fullmatch(pattern, text.strip(" .()[]"), re.IGNORECASE):
            return role
    return "editor"


def role_at(text: str, position: int) -> re.Match[str] | None:
    """The mark of a role, "(dir.)" or ", ed.", at a place of the text."""
    return _ROLE.match(text, position)


def literal(text: str) -> dict[str, Any]:
    """An organisation, or a name no shape divides."""
    return {"literal": text.strip(" ,;:-–—")}
