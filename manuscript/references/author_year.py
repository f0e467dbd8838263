"""Citations by a name and a year: "(Roux, 2024a ; Petit et al., 2023)", "Roux (2024)", "la Revue d'essai (2024)".

before: Selon Roux et Petit (2023, 2024a), ...
after:  two finds, of the entries of 2023 and of 2024a that have both people
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from manuscript.references.finds import NAME_RUN, SENTENCE, Found, choose
from manuscript.references.index import Index, name_key, words_of

_GROUP = re.compile(r"\(([^()]{2,400})\)")
_YEARS = re.compile(
    r"(?P<year>(?:1[4-9]|20)\d\d)(?P<suffix>[a-z])?(?![\w-])(?P<more>(?:\s?(?:,|;|et|and|&)\s?(?:(?:1[4-9]"
    r"|20)\d\d[a-z]?|[a-h](?![\w’'.])))*)"
)
_LEAD = re.compile(
    r"^(?:\s*(?:voir(?: aussi)?|cf\.?|see(?: also)?|e\.g\.,?|p\.? ?ex\.?|notamment|par exemple|cité(?:e"
    r"|s)? (?:par|dans)|cited (?:in|by)|in|dans|d['’]après|selon|source\s?:|sources\s?:|adapté de"
    r"|traduit de)[\s:,]+)+",
    re.IGNORECASE,
)
_NARRATIVE = re.compile(
    r"[(\[]\s?(?P<years>(?:1[4-9]|20)\d\d[a-z]?(?:\s?,\s?(?:(?:1[4-9]|20)\d\d[a-z]?"
    r"|[a-z]\b))*)(?:\s?[,:]\s?(?:pp?\.\s?)?[\d\s–,-]{1,20})?\s?[)\]]"
)
_CONNECT = re.compile(r"\s*(?:,|&|\bet\b|\band\b|;)\s*")
_ET_AL = re.compile(r"\s*,?\s*(?:et al\.?|et coll\.?|and others|et ses coll[eè]gues|et collègues)\s*$", re.IGNORECASE)
_COMPANY_TAIL = re.compile(
    r"\s(?:&|and|et)?\s?(?:company|co|inc|ltd|group|groupe|partners|associates|associés)\.?$", re.IGNORECASE
)
_NAME_COMMA = re.compile(
    r"\s*[A-ZÀ-Þ][\w’'.-]{1,40}(?:\s[A-ZÀ-Þ][\w’'.-]{0,40})?"
    r"(?:\s(?:et al\.?|&\s\w{1,40}|et\s[A-ZÀ-Þ]\w{1,40}|and\s\w{1,40}))?\s*,\s*"
)
_NEXT_NAME = re.compile(r"\s?,\s(?=[A-ZÀ-Þ])[A-ZÀ-Þ]")
_BEFORE_NAMES_TEXT = """
selon pour chez dans comme avec voir ainsi mais or d'après d’après que et
according in as by from for see and but following to
"""
_BEFORE_NAMES = frozenset(_BEFORE_NAMES_TEXT.split())
"""Words with which a sentence can begin before the name it cites."""
_SMALL_YEARS = 12
"""Years read in one citation."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class AuthorYear:
    """The search in one passage; ``around`` holds the words of the passage and of those just before it."""

    def __init__(self, index: Index, around: set[str]) -> None:
        self.index = index
        self.around = around

    def find(self, text: str, kind: str) -> list[Found]:
        out = []
        for group in _GROUP.finditer(text):
            offset = group.start(1)
            for piece in re.finditer(r"[^;]+", group[1]):
                out += self._parenthetical(piece[0], offset + piece.start(), kind or "parenthetical")
        for match in _NARRATIVE.finditer(text):
            found = self._before_year(text, match, kind or "narrative")
            if found:
                out.append(found)
        if kind == "note" and not out:
            out += self._plain_year(text)
        return out

    def _parenthetical(self, piece: str, offset: int, kind: str) -> list[Found]:
        lead = _LEAD.match(piece)
        start = lead.end() if lead else len(piece) - len(piece.lstrip())
        match = _YEARS.search(piece, start)
        if not match or match.start() - start > 160 or not piece[start : match.start()].strip(" ,"):
            return []
        people = self._people_of(piece[start : match.start()])
        if not people:
            return []
        out = []
        for year, suffix in _years(match):
            numbers = self._named(people, year, suffix)
            shape = _NAME_COMMA.fullmatch(piece[start : match.start()])
            if numbers or shape:
                out.append(Found(offset + start, offset + match.end(), choose(self.index, numbers, self.around), kind))
        # "(Roux 2020, Petit 2019)": the next name follows a comma.
        following = _NEXT_NAME.match(piece, match.end())
        if following:
            out += self._parenthetical(piece[following.end() - 1 :], offset + following.end() - 1, kind)
        return out

    def _people_of(self, text: str) -> list[str]:
        text = re.sub(r"[*_]|<[^>]{0,40}>", "", text).strip(" ,:")
        bare = _ET_AL.sub("", text)
        bare = re.sub(r"['’]s$", "", bare.strip())
        whole = name_key(bare)
        if whole in self.index.names:
            return [whole]
        keys = []
        for part in _CONNECT.split(bare):
            key = name_key(re.sub(r"\b[A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)*", "", part))
            if key:
                keys.append(key)
        return keys[:8]

    def _named(self, people: Sequence[str], year: int, suffix: str) -> list[int]:
        """The entries of a year that have all these people; a suffix decides where entries have one."""
        rows = []
        for key in people:
            numbers = self._numbers(key)
            rows.append({n for n in numbers if self.index.works[n].year == year})
        known = [row for row in rows if row]
        if not known or not rows[0]:
            return []
        shared = set.intersection(*known) if len(known) == len(rows) else set()
        if not shared:
            return []
        ordered = sorted(shared)
        works = [self.index.works[n] for n in ordered]
        exact = [w.number for w in works if w.suffix == suffix]
        if suffix and not exact:
            exact = [w.number for w in works if not w.suffix]
        if exact:
            first = [n for n in exact if self.index.works[n].people and self.index.works[n].people[0] == people[0]]
            alone = [n for n in first if len(people) > 1 or len(self.index.works[n].people) == 1]
            return alone if len(alone) == 1 and len(first) != 1 and not suffix and len(people) == 1 else first or exact
        return ordered

    def _numbers(self, key: str) -> list[int]:
        numbers = self.index.names.get(key)
        if numbers:
            return numbers
        # "Anne Roux" where the entry has Roux; a letter lost or added in a long name.
        words = key.split()
        for size in range(len(words) - 1, 0, -1):
            tail = " ".join(words[-size:])
            if len(words) <= 4 and tail in self.index.names and len(tail) > 2:
                return self.index.names[tail]
        if len(key) >= 8:
            near = self.index.near
            if key not in near:
                alike = (o for o in list(self.index.prefixes.get(key[:3], ()))[:200] if _alike(key, o))
                near[key] = next(alike, "")
            return self.index.names.get(near[key], [])
        return []

    def _before_year(self, text: str, match: re.Match[str], kind: str) -> Found | None:
        """The name that stands before "(2024)"."""
        window = text[max(0, match.start() - 160) : match.start()]
        base = match.start() - len(window)
        cut = list(SENTENCE.finditer(window))
        if cut:
            base += cut[-1].end()
            window = window[cut[-1].end() :]
        years = _YEARS.match(match["years"])
        if not years:
            return None
        year, suffix = int(years["year"]), years["suffix"] or ""
        window_bare = _ET_AL.sub("", re.sub(r"[*_«»“”\"]", " ", window))
        tokens = list(NAME_RUN.finditer(window_bare))[-14:]
        for size in range(min(6, len(tokens)), 0, -1):
            run = tokens[-size:]
            if not re.match(r"[A-ZÀ-Þ\d]|[dl]['’]", run[0][0]) or run[0][0].lower() in _BEFORE_NAMES:
                continue
            printed = window_bare[run[0].start() :].strip(" ,")
            if re.search(r"[.;:!?]\s", printed):
                continue
            for shift, form in _forms(printed):
                numbers = self._named(self._people_of(form), year, suffix) if form else []
                for key in (name_key(form), name_key(_COMPANY_TAIL.sub("", form))):
                    numbers = numbers or [n for n in self.weak_numbers(key) if self.index.works[n].year == year]
                if numbers:
                    chosen = tuple(numbers)
                    if len(numbers) > 1:
                        near = words_of(text[match.end() : match.end() + 300] + window)
                        chosen = choose(self.index, numbers, self.around.union(near))
                    return Found(base + run[0].start() + shift, match.end(), chosen, kind)
        return self._apart(window_bare, base, match, year, suffix, kind)

    def weak_numbers(self, key: str) -> list[int]:
        numbers = set(self.index.weak.get(key, ())) | set(self.index.weak.get(key.replace(" ", ""), ()))
        return sorted(numbers) if len(key) > 2 else []

    def _apart(self, window: str, base: int, match: re.Match[str], year: int, suffix: str, kind: str) -> Found | None:
        """ "Roux sur les essais d'atelier (2023)": a name some words before its year, words of the title between."""
        tokens = list(NAME_RUN.finditer(window))[-14:]
        for token in tokens:
            if not token[0][0].isupper():
                continue
            for form in (token[0], re.sub(r"^[dlDL]['’]", "", token[0])):
                numbers = self._named([name_key(form)], year, suffix) if len(form) > 3 else []
                between = set(words_of(window[token.end() :]))
                fitting = [n for n in numbers if len(between & set(self.index.works[n].title)) >= 2]
                if len(fitting) == 1:
                    return Found(base + token.start(), match.end(), (fitting[0],), kind)
        return None

    def _plain_year(self, text: str) -> list[Found]:
        """ "Roux, A., 2023. Un titre" in a note, without brackets."""
        match = re.search(
            r"(?:^|:\s|</sup>\s)(?P<people>[A-ZÀ-Þ][^():;]{1,120}?)[,.]?\s(?P<year>(?:1[4-9]|20)\d\d)([a-z])?\b", text
        )
        if not match:
            return []
        first = re.split(r",|\set\s|&|\sand\s", match["people"])[0]
        numbers = self._named([name_key(first)], int(match["year"]), match[3] or "")
        numbers = [
            n
            for n in numbers
            if len(set(self.index.works[n].title) & set(words_of(text))) * 2 >= len(set(self.index.works[n].title))
        ]
        return [Found(match.start("people"), match.end(), tuple(numbers), "note")] if numbers else []

    # Titles


def _alike(one: str, other: str) -> bool:
    """Whether two long names differ by a letter or so."""
    return abs(len(one) - len(other)) <= 1 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.93


def _years(match: re.Match[str]) -> list[tuple[int, str]]:
    """The years of "2023, 2024a, b"."""
    out = [(int(match["year"]), match["suffix"] or "")]
    for part in re.findall(r"(?:1[4-9]|20)\d\d[a-z]?|[a-h](?![\w.])", re.sub(r"\b(?:et|and)\b", ",", match["more"])):
        if part[0].isdigit():
            out.append((int(part[:4]), part[4:]))
        else:
            out.append((out[-1][0], part))
    return out[:_SMALL_YEARS]


def _forms(printed: str) -> list[tuple[int, str]]:
    """A printed name, and the same without an elided article."""
    elided = re.match(r"^[dlDL]['’]", printed)
    return [(elided.end(), printed[elided.end() :]), (0, printed)] if elided else [(0, printed)]
