"""The citations of a text, tied to the entries of its bibliography where only one can be meant.

before: "... (Roux, 2024a ; Petit et al., 2023). Selon Martin (2022) ...", "<sup>3</sup> Source : Un titre. <https://...>"
after:  Citation(line, start, end, "Roux, 2024a", reference=12, candidates=(12,), kind="parenthetical"), ...

What links: a name with a year; an address; a title, whole or quoted; a date and an author; a name beside a note call whose
note repeats an entry. A name alone never does, except one that a note of the same text has tied to an entry. Where several
entries fit, the one whose title shares its rare words with the passage is taken, if it stands out; else none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from manuscript.references import dates
from manuscript.references.index import (
    Index,
    Work,
    address_keys,
    build_index,
    contains,
    name_key,
    placed_words,
    words_of,
)
from manuscript.references.markup import clean_url


class Citation(NamedTuple):
    """A citation: its source line, its place in the passage's text, what is printed, and the entry meant.

    ``reference`` is None where no entry, or more than one of ``candidates``, can be meant.
    """

    line: int
    start: int
    end: int
    text: str
    reference: int | None
    candidates: tuple[int, ...]
    kind: str


class _Found(NamedTuple):
    start: int
    end: int
    candidates: tuple[int, ...]
    kind: str


_NOTE = re.compile(r"^\s*(?:>\s*)?(?:<sup>\s*(\d{1,4})\s*</sup>|\[\^([\w-]{1,40})\]:?|\[(\d{1,4})\]:?(?=\s))\s*")
_CALL = re.compile(r"<sup>\s*(\d{1,4})\s*</sup>|\[\^([\w-]{1,40})\](?!:)")
_URL = re.compile(r"https?://[^\s<>\"«»“”\])]{4,2000}", re.IGNORECASE)
_GROUP = re.compile(r"\(([^()]{2,400})\)")
_YEARS = re.compile(
    r"(?P<year>(?:1[4-9]|20)\d\d)(?P<suffix>[a-z])?(?![\w-])(?P<more>(?:\s?(?:,|;|et|and|&)\s?(?:(?:1[4-9]|20)\d\d[a-z]?|[a-z](?![\w’'])))*)"
)
_LEAD = re.compile(
    r"^(?:\s*(?:voir(?: aussi)?|cf\.?|see(?: also)?|e\.g\.,?|p\.? ?ex\.?|notamment|par exemple|cité(?:e|s)? (?:par|dans)|cited (?:in|by)|in|dans|d['’]après|selon|source\s?:|sources\s?:|adapté de|traduit de)[\s:,]+)+",
    re.IGNORECASE,
)
_NARRATIVE = re.compile(
    r"[(\[]\s?(?P<years>(?:1[4-9]|20)\d\d[a-z]?(?:\s?,\s?(?:(?:1[4-9]|20)\d\d[a-z]?|[a-z]\b))*)(?:\s?[,:]\s?(?:pp?\.\s?)?[\d\s–,-]{1,20})?\s?[)\]]"
)
_NAME_RUN = re.compile(r"[^\W\d_][\w’'.&-]*")
_CONNECT = re.compile(r"\s*(?:,|&|\bet\b|\band\b|;)\s*")
_ET_AL = re.compile(r"\s*,?\s*(?:et al\.?|et coll\.?|and others|et ses coll[eè]gues|et collègues)\s*$", re.IGNORECASE)
_QUOTED = re.compile(r"«\s?([^«»]{6,300}?)\s?»|“([^“”]{6,300})”|\"([^\"]{6,300})\"|\*{1,3}([^*]{6,300})\*{1,3}")
_SOURCE = re.compile(
    r"(?P<open>\()?\b(?:sources?|d['’]après|adapté de)\s?:\s*(?P<name>[A-ZÀ-Þ][^()\n.;:]{1,80})", re.IGNORECASE
)
_STUDY = re.compile(
    r"\b(?:l['’]enqu[êe]te|l['’]étude|le rapport|le baromètre|the (?:report|study|survey))\s(?:[\w-]+\s){0,3}?(?:de|d['’]|du|of|by)\s?(?P<name>[A-ZÀ-Þ][\w’'&.-]*(?:\s(?:&\s)?[A-ZÀ-Þ][\w’'&.-]*){0,3})"
)
_SENTENCE = re.compile(r"(?<=[^A-Z\s][.!?…])(?:<sup>\d+</sup>|\s?»)?\s+(?=[«“\"A-ZÀ-Þ(])")
_COMPANY_TAIL = re.compile(
    r"\s(?:&|and|et)?\s?(?:company|co|inc|ltd|group|groupe|partners|associates|associés)\.?$", re.IGNORECASE
)
_FULL_NAME = re.compile(
    r"\b(?:[Ss]elon|[Dd]['’]après|[Aa]ccording to|[Pp]our)\s(?:l['’][a-zà-ÿ]+\s|le\s[a-zà-ÿ]+\s|la\s[a-zà-ÿ]+\s)?(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){1,3})"
)
_PUBLISHED = re.compile(
    r"\b(?:articles?|publi\w+|paru\w*|billet|tribune|entretien|interview|chronique|post|paper|essay|published)\b",
    re.IGNORECASE,
)
_MASK = re.compile(r"https?://\S+|<[^<>]{1,40}>")
_DAY_DATE = re.compile(r"\b(?:\d{1,2}|1er)\s[^\W\d]{3,9}\.?\s20\d\d\b|\b[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s(?:19|20)\d\d\b")
_SMALL_YEARS = 12


def link_citations(
    passages: Sequence[tuple[int, str]], entries: Sequence[tuple[int, dict[str, Any]]]
) -> list[Citation]:
    """Find the citations of the passages (source line, text) and link them to the entries (number, CSL item).

    The text is best given as printed, with its note calls (``<sup>3</sup>``, ``[^3]``); a passage that opens with such a
    mark is a note. Linear in the text for a bibliography of a given size; never raises.
    """
    linker = _Linker(build_index(entries), passages)
    return linker.run()


class _Linker:
    """One run over the passages; ``notes`` says which entry a note repeats, ``aliases`` which name a note gave it."""

    def __init__(self, index: Index, passages: Sequence[tuple[int, str]]) -> None:
        self.index = index
        self.passages = passages
        self.notes: dict[str, list[tuple[int, int]]] = {}
        self.aliases: dict[str, set[int]] = {}
        self.cited: set[int] = set()
        self.context: list[set[str]] = []

    def run(self) -> list[Citation]:
        words = [set(words_of(text[:6000])) for _, text in self.passages]
        out: list[Citation] = []
        note_finds: dict[int, list[Citation]] = {}
        for position, (line, text) in enumerate(self.passages):
            match = _NOTE.match(text)
            if match:
                self.context = words[max(0, position - 3) : position + 1]
                finds = self._read_note(line, text, match)
                note_finds[position] = finds
        for position, (line, text) in enumerate(self.passages):
            if position in note_finds:
                out.extend(note_finds[position])
                continue
            self.context = words[max(0, position - 3) : position + 1]
            # A heading is context for what follows; it cites nothing itself.
            if not text.startswith("#"):
                out.extend(self._read_body(line, text))
        return out

    # Notes

    def _read_note(self, line: int, text: str, match: re.Match[str]) -> list[Citation]:
        label = match[1] or match[2] or match[3]
        found = self._addresses(text, "note") or self._titles(text, match.end(), "note")
        years: list[_Found] = []
        if not found:
            years = self._author_year(text, "note")
            if any(u for u in _URL.findall(text)) and years:
                # The note gives an address that no entry has: another work of the same people.
                years = [f._replace(candidates=f.candidates * 2) for f in years]
            found = years
        finds = [self._citation(line, text, f) for f in _distinct(found)]
        linked = [c.reference for c in finds if c.reference is not None]
        for reference in dict.fromkeys(linked):
            self.notes.setdefault(label, []).append((line, reference))
            self.cited.add(reference)
        if len(set(linked)) == 1:
            self._learn_alias(text[match.end() :], linked[0])
        return finds

    def _learn_alias(self, text: str, reference: int) -> None:
        """A note that repeats an entry may call its source by a name that the entry lacks."""
        work = self.index.works[reference]
        for part in re.split(r"[.:;,]\s|\s[–|-]\s|<https?[^>]*>", text):
            name = part.strip(" .,:;<>")
            words = words_of(name)
            if (
                1 <= len(name.split()) <= 5
                and words
                and all(
                    w[0].isupper() or w.lower() in ("de", "du", "des", "of", "la", "et", "for") for w in name.split()
                )
            ):
                if (
                    not set(words) <= set(work.title)
                    and name_key(name) not in work.people
                    and not re.search(r"\d", name)
                ):
                    self.aliases.setdefault(name_key(name), set()).add(reference)

    # Bodies

    def _read_body(self, line: int, text: str) -> list[Citation]:
        found = self._addresses(text, "narrative")
        found += self._author_year(text, "")
        found += self._sources(text)
        found += self._titles(text, 0, "narrative")
        found += self._calls(line, text)
        found += self._dates(text)
        found += self._speakers(text)
        return [self._citation(line, text, f) for f in _distinct(found)]

    def _citation(self, line: int, text: str, found: _Found) -> Citation:
        candidates = tuple(dict.fromkeys(found.candidates))
        reference = found.candidates[0] if len(found.candidates) == 1 else None
        return Citation(line, found.start, found.end, text[found.start : found.end], reference, candidates, found.kind)

    def _addresses(self, text: str, kind: str) -> list[_Found]:
        out = []
        for match in _URL.finditer(text):
            for key in address_keys(clean_url(match[0])):
                numbers = self.index.addresses.get(key, [])
                if numbers:
                    out.append(_Found(match.start(), match.start() + len(clean_url(match[0])), tuple(numbers), kind))
        return out

    def _choose(self, numbers: Sequence[int], near: str = "") -> tuple[int, ...]:
        """One of several entries, where the words around say which; else all of them."""
        if len(numbers) < 2:
            return tuple(numbers)
        around: set[str] = set(words_of(near))
        for words in self.context:
            around |= words
        scores = []
        for number in numbers:
            work = self.index.works[number]
            others = {w for n in numbers if n != number for w in self.index.works[n].title}
            rare = {w for w in work.title if w not in others and len(w) > 3 and not w.isdigit()}
            weight = sum(1.0 for w in rare if w in around and len(self.index.postings.get(w, ())) <= 4)
            scores.append((weight, number))
        scores.sort(reverse=True)
        if scores[0][0] >= 2 and scores[0][0] >= 2.5 * max(scores[1][0], 0.7):
            return (scores[0][1],)
        return tuple(numbers)

    # Author and year

    def _author_year(self, text: str, kind: str) -> list[_Found]:
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

    def _parenthetical(self, piece: str, offset: int, kind: str) -> list[_Found]:
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
            shape = re.fullmatch(
                r"\s*(?:[A-ZÀ-Þ][\w’'.-]+(?:\s[A-ZÀ-Þ][\w’'.-]*)?)(?:\s(?:et al\.?|&\s\w+|et\s[A-ZÀ-Þ]\w+|and\s\w+))?\s*,\s*",
                piece[start : match.start()],
            )
            if numbers or shape:
                out.append(_Found(offset + start, offset + match.end(), self._choose(numbers), kind))
        return out

    def _people_of(self, text: str) -> list[str]:
        text = re.sub(r"[*_]|<[^>]{0,40}>", "", text).strip(" ,:")
        bare = _ET_AL.sub("", text)
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
        numbers = set.intersection(*known) if len(known) == len(rows) else set()
        if not numbers:
            return []
        ordered = sorted(numbers)
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
            for other in self.index.prefixes.get(key[:3], [])[:200]:
                if (
                    abs(len(other) - len(key)) <= 1
                    and SequenceMatcher(None, key, other, autojunk=False).ratio() >= 0.93
                ):
                    return self.index.names[other]
        return []

    def _before_year(self, text: str, match: re.Match[str], kind: str) -> _Found | None:
        """The name that stands before "(2024)"."""
        window = text[max(0, match.start() - 160) : match.start()]
        base = match.start() - len(window)
        cut = list(_SENTENCE.finditer(window))
        if cut:
            base += cut[-1].end()
            window = window[cut[-1].end() :]
        years = _YEARS.match(match["years"])
        if not years:
            return None
        year, suffix = int(years["year"]), years["suffix"] or ""
        window_bare = _ET_AL.sub("", re.sub(r"[*_«»“”\"]", " ", window))
        tokens = list(_NAME_RUN.finditer(window_bare))[-14:]
        best: _Found | None = None
        for size in range(min(6, len(tokens)), 0, -1):
            run = tokens[-size:]
            if (
                not run[0][0][0].isupper()
                and run[0][0][:2].lower() not in ("d'", "l'", "d’", "l’")
                and not run[0][0][0].isdigit()
            ):
                continue
            printed = window_bare[run[0].start() :].strip(" ,")
            if re.search(r"[.;:!?]\s", printed):
                continue
            for start_shift, form in _forms(printed):
                numbers = self._named(self._people_of(form), year, suffix) if form else []
                if not numbers:
                    weak = name_key(_COMPANY_TAIL.sub("", form))
                    for key in (name_key(form), weak):
                        numbers = numbers or [n for n in self._weak_numbers(key) if self.index.works[n].year == year]
                if numbers:
                    begin = base + run[0].start() + start_shift
                    return _Found(
                        begin, match.end(), self._choose(numbers, text[match.end() : match.end() + 300] + window), kind
                    )
        return self._apart(window_bare, base, match, year, suffix, kind) if best is None else best

    def _weak_numbers(self, key: str) -> list[int]:
        numbers = set(self.index.weak.get(key, ())) | set(self.index.weak.get(key.replace(" ", ""), ()))
        return sorted(numbers) if len(key) > 2 else []

    def _apart(self, window: str, base: int, match: re.Match[str], year: int, suffix: str, kind: str) -> _Found | None:
        """ "Roux sur les essais d'atelier (2023)": a name some words before its year, with words of the title between."""
        tokens = list(_NAME_RUN.finditer(window))[-14:]
        for token in tokens:
            if not token[0][0].isupper():
                continue
            for form in (token[0], re.sub(r"^[dlDL]['’]", "", token[0])):
                numbers = self._named([name_key(form)], year, suffix) if len(form) > 3 else []
                between = set(words_of(window[token.end() :]))
                fitting = [n for n in numbers if len(between & set(self.index.works[n].title)) >= 2]
                if len(fitting) == 1:
                    return _Found(base + token.start(), match.end(), (fitting[0],), kind)
        return None

    def _plain_year(self, text: str) -> list[_Found]:
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
        return [_Found(match.start("people"), match.end(), tuple(numbers), "note")] if numbers else []

    # Titles

    def _titles(self, text: str, offset: int, kind: str) -> list[_Found]:
        """Titles printed whole, or quoted in part."""
        out = []
        tokens = _tokens(text, offset)
        bare = [t[0] for t in tokens]
        position = 0
        while position < len(bare) - 2:
            best: tuple[int, int] | None = None
            for number in self.index.openings.get((bare[position], bare[position + 1], bare[position + 2]), [])[:20]:
                work = self.index.works[number]
                for size in {len(work.title), len(work.main)}:
                    title = work.title[:size]
                    if (
                        len(title) >= (4 if size == len(work.title) else 5)
                        and bare[position : position + len(title)] == title
                    ):
                        if best is None or len(title) > best[0]:
                            best = (len(title), number)
            if best:
                last = tokens[position + best[0] - 1]
                same = [
                    n
                    for n in self.index.openings[tuple(bare[position : position + 3])]
                    if self.index.works[n].title[: best[0]] == bare[position : position + best[0]]
                ]
                out.append(_Found(tokens[position][1], last[2], tuple(same), kind))
                position += best[0]
            else:
                position += 1
        for match in _QUOTED.finditer(text, offset):
            quoted = next(g for g in match.groups() if g)
            numbers = self._quoted(quoted, text, match)
            if numbers:
                out.append(_Found(match.start(), match.end(), self._choose(numbers), kind))
        return out

    def _quoted(self, quoted: str, text: str, match: re.Match[str]) -> list[int]:
        part = words_of(quoted)
        if len(part) < 2:
            return []
        rarest = min((self.index.postings.get(w, []) for w in part), key=len)
        if not rarest or len(rarest) > 40:
            return []
        sentence = name_key(text[max(0, match.start() - 200) : match.end() + 200])
        strong, named = [], []
        for number in rarest:
            work = self.index.works[number]
            inside = contains(work.title, part)
            if inside and (len(part) >= 4 and len("".join(part)) >= 14):
                strong.append(number)
            elif inside and (part == work.main or len(part) >= 3):
                if self._mentions(work, sentence, weak=len(part) >= 3):
                    named.append(number)
            elif len(part) >= 3 and contains(work.slug, part) and self._mentions(work, sentence, weak=True):
                named.append(number)
        return strong or named

    def _mentions(self, work: Work, sentence: str, *, weak: bool) -> bool:
        names = [n for n in work.people if len(n) > 2] + ([n for n in work.weak if len(n) > 2] if weak else [])
        padded = f" {sentence} "
        return any(f" {name} " in padded for name in names)

    # Names alone, where a note or the context has said what they mean

    def _sources(self, text: str) -> list[_Found]:
        out = []
        for match in (*_SOURCE.finditer(text), *_STUDY.finditer(text)):
            key = name_key(match["name"])
            numbers = self.aliases.get(key, set())
            if not numbers:
                named = set(self._weak_numbers(key)) | set(self.index.names.get(key, ()))
                numbers = named if len(named) == 1 and named <= self.cited else set()
            if len(numbers) == 1:
                kind = "parenthetical" if match.groupdict().get("open") else "narrative"
                out.append(_Found(match.start("name"), match.end("name"), tuple(numbers), kind))
        return out

    def _calls(self, line: int, text: str) -> list[_Found]:
        """A call whose note repeats an entry, in a sentence that names that entry's people, site or title."""
        out = []
        for call in _CALL.finditer(text):
            reference = self._note_entry(call[1] or call[2], line)
            if reference is None:
                continue
            start, end = _sentence_around(text, call.start())
            sentence = text[start:end]
            work = self.index.works[reference]
            overlap = len(set(words_of(sentence)) & {w for w in work.title if len(w) > 3})
            if overlap >= 3 or self._mentions(work, name_key(_CALL.sub(" ", sentence)), weak=True):
                out.append(_Found(start, call.start(), (reference,), "narrative"))
        return out

    def _dates(self, text: str) -> list[_Found]:
        out = []
        for quick in _DAY_DATE.finditer(text):
            date = dates.FULL_DATE.match(text, quick.start())
            parts = dates.from_full(date).parts if date else ()
            if date and parts and len(parts[0]) == 3:
                start, end = _sentence_around(text, date.start())
                out += self._dated(text[start:end], start, date.start() - start, date.end() - start, parts[0])
        return out

    def _speakers(self, text: str) -> list[_Found]:
        """ "Selon Anne Roux", where one title alone names her and she signs no entry."""
        out = []
        for match in _FULL_NAME.finditer(text):
            words = words_of(match["name"])
            if len(words) < 2:
                continue
            rarest = min((self.index.postings.get(w, []) for w in words), key=len)
            numbers = [n for n in rarest[:40] if contains(self.index.works[n].title, words)]
            if len(numbers) == 1 and not self.index.names.get(name_key(match["name"].split()[-1])):
                out.append(_Found(match.start("name"), match.end("name"), tuple(numbers), "narrative"))
        return out

    def _dated(self, sentence: str, offset: int, start: int, end: int, parts: tuple[int, ...]) -> list[_Found]:
        """ "un article publié le 3 mai 2024 par Anne Roux": a whole date and an author."""
        if not _PUBLISHED.search(sentence):
            return []
        for token in _NAME_RUN.finditer(sentence, max(0, start - 120), end + 120):
            if not token[0][0].isupper():
                continue
            numbers = [n for n in self.index.names.get(name_key(token[0]), []) if self.index.works[n].date == parts]
            if len(numbers) == 1:
                begin, finish = min(token.start(), start), max(token.end(), end)
                return [_Found(offset + begin, offset + finish, tuple(numbers), "narrative")]
        return []

    def _note_entry(self, label: str, line: int) -> int | None:
        """The entry that the note called here repeats: the nearest note of that label, below first."""
        rows = self.notes.get(label, [])
        if not rows:
            return None
        nearest = min(rows, key=lambda row: (row[0] < line, abs(row[0] - line)))
        same_note = {reference for at, reference in rows if at == nearest[0]}
        return nearest[1] if len(same_note) == 1 else None


def _years(match: re.Match[str]) -> list[tuple[int, str]]:
    """The years of "2023, 2024a, b"."""
    out = [(int(match["year"]), match["suffix"] or "")]
    for part in re.findall(r"(?:1[4-9]|20)\d\d[a-z]?|[a-z](?![\w])", re.sub(r"\b(?:et|and)\b", ",", match["more"])):
        if part[0].isdigit():
            out.append((int(part[:4]), part[4:]))
        else:
            out.append((out[-1][0], part))
    return out[:_SMALL_YEARS]


def _forms(printed: str) -> list[tuple[int, str]]:
    """A printed name, and the same without an elided article."""
    elided = re.match(r"^[dlDL]['’]", printed)
    return [(0, printed), (elided.end(), printed[elided.end() :])] if elided else [(0, printed)]


def _tokens(text: str, offset: int) -> list[tuple[str, int, int]]:
    """The folded content words of a text with their places; addresses and calls are passed over."""
    masked = _MASK.sub(lambda m: " " * len(m[0]), text) if "<" in text or "://" in text else text
    out = placed_words(masked)
    return [t for t in out if t[1] >= offset] if offset else out


def _sentence_around(text: str, position: int) -> tuple[int, int]:
    """The sentence of a place, within 400 characters on either side."""
    low, high = max(0, position - 400), min(len(text), position + 400)
    start = low
    for match in _SENTENCE.finditer(text, low, position):
        start = match.end()
    after = _SENTENCE.search(text, position, high)
    return start, after.start() if after else high


def _distinct(found: Sequence[_Found]) -> list[_Found]:
    """One find for each place and entry: the first that names an entry wins over wider or vaguer ones."""
    out: list[_Found] = []
    linked: set[int] = set()
    for find in sorted(found, key=lambda f: (len(f.candidates) != 1, f.start, f.end)):
        overlap = any(find.start < o.end and o.start < find.end for o in out)
        if len(find.candidates) == 1:
            if overlap and find.candidates[0] in linked:
                continue
            linked.add(find.candidates[0])
            out.append(find)
        elif not overlap and not (find.candidates and set(find.candidates) & linked):
            out.append(find)
    return sorted(out, key=lambda f: (f.start, f.end))
