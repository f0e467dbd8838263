"""What nobody may find: drafts, withdrawn works and closed previews, with two marks that give them away.

SECRET is in their words and in the bytes of their pictures, HIDDEN in their slugs and the names of their files. Beside
each SECRET stands a « girafon », so that the search can be asked for it without being told the secret.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone
from taggit.models import Tag

from articles.actions.publish import publish as publish_article
from articles.models import Article, ArticleContribution, ArticlePassage
from genai_site.sitemaps import SITEMAPS
from publishing.actions.preview_links import create_preview_link
from publishing.actions.review import send_to_review
from publishing.actions.schedule import schedule
from publishing.actions.withdraw import withdraw
from publishing.models import Author
from publishing.preview_link import PreviewLink
from publishing.tests.moments import tomorrow
from theses.actions.publish import publish as publish_document
from theses.models import Abstract, BibliographyEntry, Document, DocumentContribution, Figure, Passage, Section

SECRET = "Xyloquartz"
HIDDEN = "wqzh"
TEXT = (
    f"Un girafon {SECRET}[^1] [(Girafon, 2020)](cite:girafon)\n\n![](figure:{HIDDEN}-f)\n\n[^1]: Note girafon {SECRET}."
)
STATES = ("draft", "in_review", "scheduled", "withdrawn")


class Hidden:
    """What nobody may find, and one published work of each kind whose draft went on."""

    def __init__(self, media: Path) -> None:
        self.media = media
        self.author = Author.objects.create(
            name=f"Girafon {SECRET}", family_name=SECRET, slug=f"{HIDDEN}-auteur", biography=f"Girafon {SECRET}.",
            portrait=self.picture("authors"),
        )  # fmt: skip
        self.tag = Tag.objects.create(name=f"Girafon {SECRET}", slug=f"{HIDDEN}-mot")
        self.documents = [self.document(state) for state in STATES]
        self.articles = [self.article(state) for state in STATES]
        self.public_document = self.continued(self.document("public", slug="ouvrage-public"))
        self.public_article = self.continued(self.article("public", slug="article-public"))
        self.tokens = [self.closed_link(name) for name in ("expires_at", "revoked_at")]

    def picture(self, folder: str, state: str = "") -> str:
        (self.media / folder).mkdir(exist_ok=True)
        name = f"{folder}/{HIDDEN}-{state}.png"
        for path in (name, f"{name}.480.avif"):
            (self.media / path).write_bytes(SECRET.encode())
        return name

    def document(self, state: str, slug: str = "") -> Document:
        """A published one says nothing secret in its edition."""
        public = state == "public"
        said = "girafe" if public else f"girafon {SECRET}"
        document = Document.objects.create(
            title=f"Titre {said}", subtitle=said, slug=slug or f"{HIDDEN}-ouvrage-{state}", lead=f"Au début {said}.",
            institution=said, featured=True, ai_level="assisted", ai_note=said,
            cover_image="" if public else self.picture("covers", state), cover_image_alt=said,
        )  # fmt: skip
        Abstract.objects.create(document=document, language="fr", text=said, keywords=[said])
        Section.objects.create(
            document=document, position=1, depth=1, title=f"Partie {said}", slug="partie", starts_page=True,
            body="Une girafe." if public else TEXT,
        )  # fmt: skip
        BibliographyEntry.objects.create(document=document, position=1, key="girafon", raw=said, csl={"title": said})
        if not public:
            Figure.objects.create(
                document=document, position=1, key=f"{HIDDEN}-f", number="1", caption=said, alt=said, credit=said,
                image=self.picture("figures", state),
            )  # fmt: skip
            self.signed(document)
        if state in {"public", "withdrawn"}:
            publish_document(document=document, user=None, change_note=said)
            document.sections.update(body=f"{'Une girafe' if public else TEXT}\n\nCorrigé.")
            publish_document(document=document, user=None, change_note=said)
        return document

    def article(self, state: str, slug: str = "") -> Article:
        public = state == "public"
        said = "girafe" if public else f"girafon {SECRET}"
        article = Article.objects.create(
            title=f"Titre {said}", slug=slug or f"{HIDDEN}-article-{state}", description=said, featured=True,
            body="Une girafe." if public else TEXT, hero_image="" if public else self.picture("articles", state),
            hero_image_alt=said,
        )  # fmt: skip
        if not public:
            self.signed(article)
        if state in {"public", "withdrawn"}:
            publish_article(article=article, user=None, change_note=said)
            article.body += "\n\nCorrigé."
            article.save()
            publish_article(article=article, user=None, change_note=said)
        return article

    def signed(self, work: Article | Document) -> None:
        rows: Any = ArticleContribution if isinstance(work, Article) else DocumentContribution
        rows.objects.create(author=self.author, **{work._meta.model_name or "": work})
        work.tags.add(self.tag)

    def bring(self) -> None:
        """To the states that their names say: the pages of those that were public have been read before."""
        for work in (*self.documents, *self.articles):
            state = work.slug.rpartition("-")[2]
            if state == "in_review":
                send_to_review(work=work, user=None, note=SECRET)
            elif state == "scheduled":
                schedule(work=work, user=None, moment=tomorrow())
            elif state == "withdrawn":
                withdraw(work=work, user=None, reason=SECRET)

    def continued(self, work: Any) -> Any:
        """A published work whose draft holds secrets by now."""
        work.title = f"Titre girafon {SECRET}"
        if isinstance(work, Article):
            work.body = work.description = TEXT
            work.hero_image = self.picture("articles", "suite")
        else:
            work.subtitle = work.lead = f"girafon {SECRET}"
            work.cover_image = self.picture("covers", "suite")
            work.sections.update(title=f"Girafon {SECRET}", body=TEXT)
            work.figures.create(key=f"{HIDDEN}-f", caption=SECRET, alt=SECRET, image=self.picture("figures", "suite"))
        work.save()
        self.signed(work)
        return work

    def closed_link(self, name: str) -> str:
        link, token = create_preview_link(work=self.documents[0], user=None, label=SECRET)
        now = timezone.now()
        PreviewLink.objects.filter(pk=link.pk).update(**{"created_at": now - (tomorrow() - now), name: now})
        return token

    def values(self) -> dict[str, list[dict[str, object]]]:
        """What stands for the parameters of each address that has some."""
        documents: list[dict[str, object]] = [{"slug": row.slug} for row in (*self.documents, self.public_document)]
        articles: list[dict[str, object]] = [{"slug": row.slug} for row in (*self.articles, self.public_article)]
        pages = [{**row, "page": page} for row in documents for page in ("partie", f"{HIDDEN}-f", "avant")]
        passages: list[dict[str, object]] = [
            {"slug": slug, "anchor": anchor}
            for rows, work in ((Passage, "page__edition__document"), (ArticlePassage, "edition__article"))
            for slug, anchor in rows.objects.values_list(f"{work}__slug", "anchor").distinct()  # type: ignore[attr-defined]
        ]
        names = [path.relative_to(self.media).as_posix() for path in self.media.rglob("*.*")]
        drawn = [
            {**row, "digest": "a" * 16, "collection": kind}
            for kind, rows in (("theses", documents), ("articles", articles))
            for row in rows
        ]
        links: list[dict[str, object]] = [{"token": token} for token in self.tokens]
        return {
            "sitemap-<section>.xml": [{"section": name} for name in SITEMAPS],
            "media/<path:name>": [{"name": f"{way}{name}"} for name in names for way in ("", "bodies/../")],
            "partage/<slug:digest>/site.png": [{"digest": "a" * 16}],
            "partage/<slug:digest>/<slug:collection>/<slug:slug>.png": drawn,
            "partage/<slug:digest>/<slug:collection>/<slug:slug>/<slug:page>.png": each(drawn, page=["partie"]),
            "articles/<slug:slug>/": articles,
            "articles/<slug:slug>/citation.<str:ending>": each(articles, ending=["bib"]),
            "articles/<slug:slug>/passages/<slug:anchor>/": passages,
            "articles/<slug:slug>/apercu/": articles,
            "articles/<slug:slug>/editions/<int:number>/": each(articles, number=[1, 2, 3]),
            "theses/<slug:slug>/": documents,
            "theses/<slug:slug>/figures/": documents,
            "theses/<slug:slug>/integral/": documents,
            "theses/<slug:slug>/citation.<str:ending>": each(documents, ending=["json"]),
            "theses/<slug:slug>/passages/<slug:anchor>/": passages,
            "theses/<slug:slug>/hors-connexion.json": documents,
            "theses/<slug:slug>/apercu/": documents,
            "theses/<slug:slug>/apercu/<page:page>/": pages,
            "theses/<slug:slug>/editions/<int:number>/": each(documents, number=[1, 2, 3]),
            "theses/<slug:slug>/editions/<int:number>/<page:page>/": each(pages, number=[1, 2]),
            "theses/<slug:slug>/<page:page>/": pages,
            "auteurs/<slug:slug>/": [{"slug": self.author.slug}],
            "auteurs/<slug:slug>/flux/": [{"slug": self.author.slug}],
            "mots-cles/<slug:slug>/": [{"slug": self.tag.slug}],
            "mots-cles/<slug:slug>/flux/": [{"slug": self.tag.slug}],
            "apercu/<slug:token>/": links,
            "apercu/<slug:token>/media/<path:name>": each(links, name=names),
            "apercu/<slug:token>/<slug:page>/": each(links, page=["partie"]),
        }


def each(rows: list[dict[str, object]], **more: Iterable[object]) -> list[dict[str, object]]:
    """Each row with each value of one more parameter."""
    return [{**row, name: value} for row in rows for name, values in more.items() for value in values]
