"""The spellings of a word in the singular and the plural, French and English: what a phrase in quotation marks allows.

before: oeuvre                     before: travaux
after:  oeuvre oeuvres oeuvrex …   after:  travaux travau traval travail …

Most of them are no words: those that the published texts have are looked for.
"""

from __future__ import annotations

SHORTEST = 3
"""Letters of a word that has a plural of its own."""


def spellings(word: str) -> set[str]:
    """Of a folded word, with itself."""
    if len(word) < SHORTEST or not word.isalpha():
        return {word}
    singulars = {word}
    if word[-1] in "sx" and len(word) > SHORTEST:
        singulars.add(word[:-1])
    if word.endswith("aux"):
        singulars |= {f"{word[:-3]}al", f"{word[:-3]}ail"}
    if word.endswith("ies"):
        singulars.add(f"{word[:-3]}y")
    if word.endswith("es") and len(word) > SHORTEST + 1:
        singulars.add(word[:-2])
    found = set(singulars)
    for singular in singulars:
        found |= {f"{singular}s", f"{singular}x", f"{singular}es"}
        if singular.endswith(("al", "ail")):
            found.add(f"{singular.removesuffix('ail').removesuffix('al')}aux")
        if singular.endswith("y"):
            found.add(f"{singular[:-1]}ies")
    return found
