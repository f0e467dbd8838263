"""The certain pieces of an entry: dates, pages, volume, issue, edition, series, "en ligne".

before: Revue d'essai, vol. 12, n° 3, 2010, p. 45-67.
after:  Revue d'essai, A, B, C, D.   (A volume "12", B issue "3", C date 2010, D page "45-67")

Each is replaced by one private-use character, so that what is left can be cut at its punctuation.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from manuscript.references import dates

_RANGE = r"(?:\d{1,5}|[ivxlc]{1,7}\b)(?:\s?[-–—‑‐−_]\s?(?:\d{1,5}|[ivxlc]{1,7}\b))?"
_ROMAN = r"(?:\d{1,4}(?:\s?[-–/]\s?\d{1,4})?|[IVXLCDM]{1,8}\b)"
_LOCATORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "page",
        re.compile(
            rf"(?<![\w’'])(?:pp?|pages?|S|f|ff|folios?)(?:\.\s?|\s)(?P<page>{_RANGE}(?:\s?(?:,|\+|et|and|&"
            rf"|;)\s?(?!{dates.YEAR}(?!\d|\s?[-–—]\s?\d)){_RANGE}|\s\d{{1,5}}(?=\.?$)){{0,12}}(?:\s?(?:sq|sqq|ss|s|ff?)\b\.?)?)",
        ),
    ),
    (
        "volume",
        re.compile(
            rf"(?<![\w’'])(?:vol(?:umes?)?s?\b\.?|[Tt]omes?\b|[Tt]\.(?=\s?[\dIVX])|T(?=\s\d)|Bd\b\.?|Band\b"
            rf"|v\.(?=\s?\d))\s?(?P<volume>{_ROMAN})(?:\s?\((?P<issue>(?!(?:1[4-9]|20)\d\d\))\d{{1,4}})\))?",
            re.IGNORECASE,
        ),
    ),
    (
        "volumes",
        re.compile(r"(?<![\w’'])(?P<volumes>\d{1,2})\s(?:vols?\b\.?|volumes\b|tomes\b)(?!\s?\d)", re.IGNORECASE),
    ),
    (
        "bracketed",
        re.compile(
            r"(?<!\d)(?<!\d\s)\(\s?+(?P<volume>(?!(?:1[4-9]|20)\d\d\s?\))\d{1,4})\s?\)(?=\s?[,:]\s?(?:(?:pp?\.)?\s?\d|[\ue100-\uf8ff]))"
        ),
    ),
    (
        "volpages",
        re.compile(
            rf"(?<![\w/])(?P<volume>\d{{1,4}})\s?\(\s?+(?P<issue>(?!(?:1[4-9]|20)\d\d(?:\s?[-–/]\s?\d{{2,4}})?\s?\))[^()]{{1,20}})\)(?:\s?(?:[:,]\s?)?(?:(?<=:)"
            rf"|(?<=:\s)|pp?\.\s?|(?=\d+\s?[-–—‑‐−]))(?P<page>{_RANGE}))?(?![\w°])"
        ),
    ),
    ("slash", re.compile(r"(?<![\w/])(?P<volume>\d{1,3})\s?/\s?(?P<issue>\d{1,3}(?:[-–]\d{1,3})?)(?![\w/])")),
    (
        "colonpages",
        re.compile(
            r"(?<![\w/])(?P<volume>\d{1,4})\s?(?::\s?(?P<issue>\d{1,3})\s?)?[:]\s?(?P<page>\d{1,5}\s?[-–—‑‐−]\s?\d{1,5})(?!\w)"
        ),
    ),
    (
        "extent",
        re.compile(
            r"(?<![\w’'])(?P<extent>(?:[ivxlc]{1,6}\s?[-+]\s?)?\d{1,5})\s?(?:pages|pp|p|f|ff)\b(?:\.|(?=[\s,;)\]]|$))"
        ),
    ),
    (
        "issue",
        re.compile(
            r"(?<![\w’'])(?:n\s?[°ºᵒ]s?|n[°ºo]s\.?|n(?=\d)|no\.?(?=\s?\d)|nos\.?(?=\s?\d)|num[ée]ros?|n\.(?=\s?\d)"
            r"|nr\.?|issues?|fasc(?:icules?)?\b\.?"
            r"|cahier|Heft|Article|art\.)\s?(?P<issue>(?:hors[- ]s[ée]rie|sp[ée]cial|\d{1,6}(?:[-–/.]\w{1,6}"
            r"|\s?(?:et|and|&)\s?\d{1,5})?(?:\s?bis)?))"
            r"(?:\s?\((?P<sub>(?!(?:1[4-9]|20)\d\d\))\d{1,4})\))?(?:\s?:\s?(?P<page>\d{1,5}\s?[-–—‑‐−]\s?\d{1,5}))?",
            re.IGNORECASE,
        ),
    ),
    (
        "edition",
        re.compile(
            r"(?<![\w’'])(?P<edition>(?:\d{1,2}\s?(?:e|è|ème|eme|ère|re|er|st|nd|rd|th|°)|(?:nouvelle|deuxième"
            r"|seconde|troisième|première|new|second|third|revised|rev\.|1re))"
            r"\s?(?:[ée]d(?:ition|n|it)?\b\.?)(?:\s?(?:revue|corrigée|augmentée|mise à jour|revised"
            r"|rev\.)(?:\set\s\w+)?)?|(?:1[4-9]|20)\d\d\s?ed\.|r[ée]{1,2}[ée]d\.?(?:ition)?\s?(?:\d{4})?)",
            re.IGNORECASE,
        ),
    ),
    (
        "series",
        re.compile(
            r"(?<![\w’'])[Cc]oll(?:ection\s"
            r"|\.\s?)(?:[«“\"]\s?)?(?P<series>[^,;()«»“”\"\ue000-\uf8ff]{2,90})(?:\s?[»”\"])?"
        ),
    ),
    (
        "arxiv",
        re.compile(r"(?:\barXiv\s(?:preprint\s)?)?\barXiv\s?:\s?(?P<number>\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE),
    ),
    ("year-word", re.compile(r"(?<![\w’'])(?P<drop>\d{1,3}\s?(?:e|è|°|ème)\s(?:année|série))(?!\w)")),
    (
        "online",
        re.compile(
            r"(?P<drop>[(\[]\s?(?:en\sligne|online|web|internet|url)\s?(?:[)\]]|(?=[:\ue000\ue100-\uf8ff(]))\s?:?"
            r"|(?<![\w’'])(?:disponible|available|(?:document\s)?t[ée]l[ée]accessible|accessible|rep[ée]r[ée]"
            r"|r[ée]cup[ée]r[ée]|retrieved|lire|voir|lien|adresse|url|en\sligne|online|web)"
            r"(?:\s(?:sur\s(?:le\ssite(?:\sweb)?|internet)|sur|en\sligne|à\sl['’]adresse|à|online|at|from"
            r"|depuis))?(?:\s?:)?(?=\s*(?:[:\ue000]|$))"
            r"|(?<=[.,;]\s)(?:en\sligne|online|in\spress|to\sappear|submitted|à\spara[îi]tre|sous\spresse|forthcoming)(?=\s?[.,;:]|$))",
            re.IGNORECASE,
        ),
    ),
    ("pagerange", re.compile(r"(?<![\w/°.’'-])(?P<page>\d{1,5}\s?[-–—‑‐−]\s?\d{1,5})(?![\w/°-])")),
)
MARK = 0xE100
"""The first of the private-use characters that stand for the pieces already taken."""


class Mark(NamedTuple):
    """A locator taken out of the text."""

    kind: str
    text: str
    values: dict[str, str]
    date: dates.Date | None = None


class Board:
    """A text in which certain pieces are replaced, one after another, by a private-use character each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: list[Mark] = []

    def put(self, start: int, end: int, mark: Mark) -> None:
        """Replace text[start:end] by the character of a new mark."""
        if len(self.marks) < 400:
            self.marks.append(mark)
            self.text = f"{self.text[:start]}{chr(MARK + len(self.marks) - 1)}{self.text[end:]}"

    def add(self, mark: Mark) -> str:
        """The character of a new mark that stands nowhere in the text yet."""
        self.marks.append(mark)
        return chr(MARK + len(self.marks) - 1)

    def in_brackets(self, chars: str) -> str:
        """Have the marks of a bracket printed with it again, should they turn out to stand inside a title."""
        numbers = [ord(char) - MARK for char in chars if 0 <= ord(char) - MARK < len(self.marks)]
        if numbers:
            first, last = numbers[0], numbers[-1]
            self.marks[first] = self.marks[first]._replace(text=f"({self.marks[first].text}")
            self.marks[last] = self.marks[last]._replace(text=f"{self.marks[last].text})")
        return chars

    def mark_of(self, char: str) -> Mark | None:
        """The mark a character stands for."""
        number = ord(char) - MARK
        return self.marks[number] if 0 <= number < len(self.marks) else None

    def restore(self, text: str) -> str:
        """The text with every mark printed again."""
        return "".join(m.text if len(c) == 1 and (m := self.mark_of(c)) else c for c in text)


def is_years(text: str) -> bool:
    ends = re.findall(r"\d+", text)
    return len(ends) == 2 and all(len(e) == 4 and 1400 <= int(e) <= 2099 for e in ends)


def take_locators(board: Board, start: int = 0, dated: bool = False) -> None:
    """Take dates, volumes, issues, pages, editions, series and phrases like "en ligne" out of the board's text."""
    for kind, pattern in (("no-date", dates.NO_DATE), ("date", dates.FULL_DATE)):
        position = start
        while (match := pattern.search(board.text, position)) is not None and len(board.marks) < 300:
            position = match.end()
            ahead, behind = board.text[match.end() :].lstrip()[:1], board.text[: match.start()].rstrip()[-1:]
            framed = (
                not behind
                or behind in ",.;:([)»”\"'–—-"
                or behind >= "\ue000"
                or match[0][:1] in "(["
                or match[0][0] in "Ppml"
            )
            if kind == "date" and not framed and (dated or not (not ahead or ahead in ",.;)")):
                continue
            if kind == "date" and not framed and re.search(dates.YEAR, board.text[match.end() :]):
                continue
            date = dates.Date(()) if kind == "no-date" else dates.from_full(match)
            if kind == "no-date" and match[1]:
                date = dates.Date((), match[1].lower())
            board.put(match.start(), match.end(), Mark("date", match[0], {}, date))
            position = match.start() + 1
    for kind, pattern in _LOCATORS:
        position = start
        while (match := pattern.search(board.text, position)) is not None and len(board.marks) < 300:
            position = max(match.end(), match.start() + 1)
            if kind in ("pagerange", "colonpages") and is_years(match["page"]):
                continue
            if kind == "slash" and not re.match(
                r"\s*(?:[,.;)]|$|[\ue100-\uf8ff]|\(?\d{4}|pp?\.)", board.text[match.end() : match.end() + 8]
            ):
                continue
            if kind == "pagerange" and not re.match(
                r"\s*(?:[,.;)\]]|$|[\ue000-\uf8ff])", board.text[match.end() : match.end() + 3]
            ):
                continue
            if kind == "volpages" and re.fullmatch(dates.YEAR, match["volume"]):
                continue
            if kind == "volpages" and not re.fullmatch(r"[\d\s\-–/A-Za-z.°]*", match["issue"]):
                continue
            values = {k: v.strip() for k, v in match.groupdict().items() if v}
            board.put(match.start(), match.end(), Mark(kind, match[0], values))
            position = match.start() + 1
    position = start
    while (match := dates.YEAR_ONLY.search(board.text, position)) is not None and len(board.marks) < 300:
        position = match.end()
        before = board.text[: match.start()].rstrip()[-1:]
        after = board.text[match.end() :].lstrip()[:1]
        if (not before or before in ",.;:([–—-»”\"'" or before >= "\ue000") and (
            not after or after in ",.;:)]–—-([" or after >= "\ue000" or before in "(["
        ):
            board.put(match.start(), match.end(), Mark("date", match[0], {"loose": "1"}, dates.from_year(match)))
            position = match.start() + 1
