"""Which of French and English a text is in, by its commonest words; short or mixed texts have no answer."""

from __future__ import annotations

import re

_FRENCH = frozenset(
    "le la les l un une des du de d et est sont dans pour par sur avec que qui ce cette ces ne pas plus au aux se son sa ses "
    "il elle nous vous ils elles on mais ou où comme leur leurs été être avoir fait très nos votre vos entre sans sous aussi "
    "ainsi après avant chez selon dont quelle quel quelles quels j c n qu y en".split()
)
_ENGLISH = frozenset(
    "the of and to in is are that for with on as it by this be was were from at an or which not have has had will can its "
    "their they we you he she but what how your our these those there been would could should about into over when who why "
    "i my me do does did if than then so up out just more most all any some".split()
)
HANGING = frozenset(
    "à au aux de du des d l le la les un une en et ou où par pour sur sous dans avec sans que qui dont ce cet cette ces son sa "
    "ses leur leurs mon ma mes notre nos votre vos plus très mais donc car ni si comme entre vers chez est sont a ont être "
    "ne pas se s n j c qu y on il elle nous vous ils elles quelque chaque plusieurs notamment ainsi afin selon "
    "the of and to in is are that for with on as by this or not an at from its their our your my".split()
)
"""Words that cannot end a sentence: a line that ends with one goes on."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, least: int = 3) -> str:
    """`fr`, `en` or nothing; `least` common words of the winner are needed."""
    french = english = 0
    for word in _WORD.findall(text[:4000].lower()):
        if word in _FRENCH:
            french += 1
        elif word in _ENGLISH:
            english += 1
    if french >= least and french > 2 * english:
        return "fr"
    if english >= least and english > 2 * french:
        return "en"
    return ""
