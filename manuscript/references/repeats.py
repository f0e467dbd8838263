"""Citations that repeat a part of an entry: its address, its title, whole or quoted in part.

before: <sup>3</sup> Source : Un titre de plusieurs mots. <https://exemple.org/essai?x=1>
after:  one find, of the entry with that title or that address
"""

from __future__ import annotations

import re

from manuscript.references.finds import Found, choose
from manuscript.references.index import Index, Work, address_keys, contains, name_key, placed_words, words_of
from manuscript.references.markup import clean_url

URL = re.compile(r"https?://[^\s<>\"«»“”\])]{4,2000}", re.IGNORECASE)
_QUOTED = re.compile(r"«\s?([^«»]{6,300}?)\s?»|“([^“”]{6,300})”|\"([^\"]{6,300})\"|\*{1,3}([^*]{6,300})\*{1,3}")
_MASK = re.compile(r"https?://\S+|<[^<>]{1,40}>")


class Repeats:
    """The search in one passage."""

    def __init__(self, index: Index, around: set[str]) -> None:
        self.index = index
        self.around = around

    def addresses(self, text: str, kind: str) -> list[Found]:
        out = []
        for match in URL.finditer(text):
            for key in address_keys(clean_url(match[0])):
                numbers = self.index.addresses.get(key, [])
                if numbers:
                    out.append(Found(match.start(), match.start() + len(clean_url(match[0])), tuple(numbers), kind))
        return out

    def titles(self, text: str, offset: int, kind: str) -> list[Found]:
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
                    least = 5 if size < len(work.title) else 3 if kind == "note" else 4
                    enough = len(title) >= least and len("".join(title)) >= 14
                    printed = enough and bare[position : position + len(title)] == title
                    if printed and (best is None or len(title) > best[0]):
                        best = (len(title), number)
            if best:
                last = tokens[position + best[0] - 1]
                same = [
                    n
                    for n in self.index.openings[tuple(bare[position : position + 3])]
                    if self.index.works[n].title[: best[0]] == bare[position : position + best[0]]
                ]
                out.append(Found(tokens[position][1], last[2], tuple(same), kind))
                position += best[0]
            else:
                position += 1
        for match in _QUOTED.finditer(text, offset):
            quoted = next(g for g in match.groups() if g)
            numbers = self._quoted(quoted, text, match)
            if numbers:
                out.append(Found(match.start(), match.end(), choose(self.index, numbers, self.around), kind))
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
                if self.mentions(work, sentence, weak=len(part) >= 3):
                    named.append(number)
            elif len(part) >= 3 and contains(work.slug, part) and self.mentions(work, sentence, weak=True):
                named.append(number)
        return strong or named

    def mentions(self, work: Work, sentence: str, *, weak: bool) -> bool:
        names = [n for n in work.people if len(n) > 2] + ([n for n in work.weak if len(n) > 2] if weak else [])
        padded = f" {sentence} "
        return any(f" {name} " in padded for name in names)

    # Names alone, where a note or the context has said what they mean


def _tokens(text: str, offset: int) -> list[tuple[str, int, int]]:
    """The folded content words of a text with their places; addresses and calls are passed over."""
    masked = _MASK.sub(lambda m: " " * len(m[0]), text) if "<" in text or "://" in text else text
    out = placed_words(masked)
    return [t for t in out if t[1] >= offset] if offset else out
