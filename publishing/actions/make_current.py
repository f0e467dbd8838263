"""What publishing and showing an earlier edition again have in common: the edition that readers see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from publishing.models import Publication, State


def make_current(work: Any, edition: Any, moment: datetime) -> None:
    """Readers see this edition from now on, and nothing written after `moment`. The caller holds the row."""
    work.current_edition = edition
    work.state = State.PUBLISHED
    work.first_published_at = work.first_published_at or moment
    work.published_at = moment
    work.withdrawn_at = None
    # The draft did not change, so neither does its date.
    work.save(
        update_fields=[
            *("current_edition", "state", "first_published_at", "published_at", "scheduled_for", "withdrawn_at"),
            *Publication.NOT_RECORDED,
        ]
    )
