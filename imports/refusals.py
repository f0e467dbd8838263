"""Why a source cannot be imported, as a sentence for the person who brought it."""

from __future__ import annotations


class ImportRefused(Exception):
    """Nothing was stored; `str()` is a sentence in the language of the interface.

    `field` names the decision that has to be changed, where there is one (`slug`, `date`…).
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
