"""Somebody of each role with a session, and one row of each kind to ask for: what the permission table needs."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from django.test import Client
from taggit.models import Tag

from articles.actions.publish import publish as publish_article
from articles.models import Article
from genai_site.groups import group_of
from genai_site.models import ContactMessage, OldAddress, PassageReport
from genai_site.tests.walking import Address
from imports import staging
from imports.models import SourceFile
from publishing.actions.preview_links import create_preview_link
from publishing.history import stamp
from publishing.models import Author
from theses.actions.move_section import step_section
from theses.actions.publish import publish as publish_document
from theses.models import BibliographyEntry, Document, Figure, Section, WaitingPicture

ROLES = {
    "a": "anonymous",
    "r": "reader",
    "n": "staff without a group",
    "i": "importer",
    "e": "editor",
    "p": "publisher",
    "s": "superuser",
}
STAFF = "nieps"
SOURCE = b"# Un texte\n\n## Une partie\n\nDes mots.\n"


class Roles:
    def __init__(self) -> None:
        self.users = {letter: self._user(letter) for letter in ROLES if letter != "a"}
        self.sessions = {letter: self._session(user) for letter, user in self.users.items()}
        self.client = Client()
        self.acts: dict[str, int] = {}
        """An act on a work of each app, as the addresses of its history write it."""
        self.document, self.article = self._document(), self._article()
        self.rows = self._rows()
        _link, self.token = create_preview_link(work=self.document, user=None, label="le jury")

    def _user(self, letter: str) -> User:
        if letter == "s":
            return User.objects.create_superuser("s", password="")
        user = User.objects.create_user(letter, is_staff=letter != "r")
        if letter in "iep":
            user.groups.add(group_of(ROLES[letter]))
        return user

    def _session(self, user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def ask(self, letter: str, method: str, path: str, posted: dict[str, Any]) -> int | str:
        """The status of the answer to this role, who came just now; "login" where it leads there."""
        self.client.cookies.clear()
        if letter in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[letter]
        if method == "POST":
            response: Any = self.client.post(path, posted)
        else:
            response = self.client.generic(method, path)
        if response.streaming:
            list(response.streaming_content)
        leads_in = response.status_code == 302 and "/admin/login/" in response.headers["Location"]
        return "login" if leads_in else response.status_code

    def _document(self) -> Document:
        document = Document.objects.create(title="Un ouvrage", slug="un-ouvrage", lead="Début.")
        for position, slug in enumerate(("un", "deux"), start=1):
            Section.objects.create(
                document=document,
                position=position,
                depth=1,
                title=slug,
                slug=slug,
                body="Un.\n\nDeux.",
                starts_page=True,
            )
        Figure.objects.create(document=document, position=1, key="f", caption="Une figure", image=self._picture())
        BibliographyEntry.objects.create(document=document, position=1, key="dumas", raw="Dumas, 2020.")
        WaitingPicture.objects.create(document=document, name="f.png", file=ContentFile(b"octets", name="f.png"))
        publish_document(document=document, user=None)
        last = document.sections.get(slug="deux")
        change = step_section(document=document, user=self.users["s"], section=last.pk, step="up", version=None)
        self.acts["theses"] = stamp(change.moment)
        return document

    def _picture(self) -> str:
        return default_storage.save("figures/f.png", ContentFile(b"octets"))

    def _article(self) -> Article:
        article = Article.objects.create(title="Un article", slug="un-article", body="Du texte.")
        self.acts["articles"] = stamp(article.history.get().history_date)
        publish_article(article=article, user=None)
        return article

    def _rows(self) -> dict[type[Model], Model]:
        """A row of each model that the admin has."""
        SourceFile.objects.create(
            name="un.md", sha256="0" * 64, size=9, document=self.document, file=ContentFile(SOURCE, name="un.md")
        )
        Author.objects.create(name="Ana Roy", slug="ana-roy")
        Tag.objects.create(name="Lecture", slug="lecture")
        ContactMessage.objects.create(name="Léa", email="lea@example.org", message="Bonjour.")
        PassageReport.objects.create(address="/", message="Une faute.")
        OldAddress.objects.create(path="/vieux", target="/")
        AccessAttempt.objects.create(username="x", failures_since_start=1)
        AccessFailureLog.objects.create(username="x")
        AccessLog.objects.create(username="x")
        first = {model: model._default_manager.order_by("pk").first() for model in apps.get_models()}
        return {model: row for model, row in first.items() if row is not None}

    def values(self, address: Address, letter: str) -> dict[str, Any]:
        """What stands for the parameters of an address, when this role asks."""
        parts = address.route.split("/")
        found: dict[str, Any] = {
            "slug": "un-article" if parts[0] == "articles" else "un-ouvrage",
            "page": "un",
            "name": "figures/f.png",
            "token": self.token,
            "ending": "bib",
            "number": self.acts.get(parts[1] if len(parts) > 1 else "", 0),
            "section": self.document.sections.get(slug="un").pk,
        }
        if parts[0] != "admin" or len(parts) < 3:
            return found
        row = self._row_of(parts)
        if "a-relire" in parts:
            user = self.users.get(letter, self.users["s"])
            for waiting in staging.waiting(user):
                staging.discard(user, waiting.token)
            found["token"] = staging.stage(user, name="un.md", data=SOURCE).token
            staging.keep_decided(user, found["token"], {"work": f"document-{self.document.pk}"})
        content_type = ContentType.objects.get_for_model(Document).pk
        if parts[1] == "r":
            return {"content_type_id": content_type, "object_id": self.document.pk}
        return {**found, **dict.fromkeys(("pk", "object_id", "id"), row.pk if row else 0)}

    def posted(self, route: str) -> dict[str, Any]:
        """What an address needs to be posted before it looks at anything else."""
        if route == "admin/theses/document/section/<int:pk>/historique/":
            return {"version": Section.history.filter(id=self.rows[Section].pk).latest().pk}
        return {}

    def _row_of(self, parts: list[str]) -> Model | None:
        if "ouvrage" in parts:
            return self.document
        if "en-attente" in parts:
            return self.rows[WaitingPicture]
        if parts[1:4] == ["theses", "document", "section"]:
            return self.rows[Section]
        try:
            model = apps.get_model(parts[1], parts[2])
        except LookupError:
            return None
        return {Document: self.document, Article: self.article}.get(model) or self.rows.get(model)  # type: ignore[call-overload]


def written() -> int:
    """Grows whenever somebody does something that the admin writes down."""
    return LogEntry.objects.count()
