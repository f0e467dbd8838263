"""A long act whose progress the page that asked for it shows: the answer is a stream of lines, each a JSON object.

While it runs: `{"work": title, "done": n, "total": n}`. At its end, one line for each thing to tell:
`{"level": "success" | "error", "html": sentence}`. A page without script asks for no stream, and waits.

The act runs in a thread of its own, with a connection to the database of its own: it goes on to its end where the
browser goes away, and nothing of it is kept where the process dies.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Any

from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.html import conditional_escape
from django.utils.translation import get_language, gettext, override

logger = logging.getLogger(__name__)

LINES = "application/x-ndjson"
AT_ONCE = 3
"""Acts that one process runs at a time; each goes on where its browser went away, so that no waiting holds it back."""
_turn = BoundedSemaphore(AT_ONCE)

Outcome = tuple[str, str]
"""A level, "success" or "error", and a sentence: text, or HTML marked safe."""
Tell = Callable[[str, int, int], None]
"""Told the title of a work, how much of it is done, and how much there is."""


def is_wanted(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("Accept") == LINES


def streamed(act: Callable[[Tell], list[Outcome]]) -> StreamingHttpResponse:
    """The answer that runs `act` and tells how far it is."""
    response = StreamingHttpResponse(_lines(act, get_language()), content_type=LINES)
    # Compression would hold lines back until there are enough of them.
    response["Content-Encoding"] = "identity"
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _lines(act: Callable[[Tell], list[Outcome]], language: str | None) -> Iterator[bytes]:
    told: SimpleQueue[dict[str, Any] | None] = SimpleQueue()

    def run() -> None:
        try:
            with _turn, override(language):
                outcomes = act(lambda work, done, total: told.put({"work": work, "done": done, "total": total}))
        except Exception:
            logger.exception("An act whose progress was shown failed")
            with override(language):
                sentence = gettext("Une erreur est survenue avant la fin : ce qui n’est pas dit publié ne l’est pas.")
            outcomes = [("error", sentence)]
        finally:
            connection.close()
        for level, sentence in outcomes:
            told.put({"level": level, "html": conditional_escape(sentence)})
        told.put(None)

    Thread(target=run, name="progress").start()
    while (line := told.get()) is not None:
        yield json.dumps(line).encode() + b"\n"
