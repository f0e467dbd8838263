"""Every address of the site, as its URLconf lists them: what tests go through, so that no new one escapes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Address:
    route: str
    """As the URLconf writes it, from the root: `theses/<slug:slug>/<page:page>/`."""
    bilingual: bool
    """Whether it has a twin under /en/."""

    @property
    def parameters(self) -> list[str]:
        return _PARAMETER.findall(self.route)

    def path(self, values: Mapping[str, object]) -> str:
        return "/" + _PARAMETER.sub(lambda match: str(values[match[1]]), self.route)


def every_address() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", bilingual=False))


def _walk(patterns: list[URLPattern | URLResolver], before: str, *, bilingual: bool) -> Iterator[Address]:
    for found in patterns:
        if isinstance(found.pattern, LocalePrefixPattern):
            yield from _walk(found.url_patterns, before, bilingual=True)  # type: ignore[union-attr]
            continue
        route = before + (f"({found.pattern})" if isinstance(found.pattern, RegexPattern) else str(found.pattern))
        if isinstance(found, URLResolver):
            yield from _walk(found.url_patterns, route, bilingual=bilingual)
        else:
            yield Address(route, bilingual)
