"""One address of each type of page, among the sample documents."""

from django.db.models import QuerySet
from django.urls import reverse

from articles.models import Article
from publishing.models import Author
from theses.models import Document, EditionPage


def work() -> Document:
    """The longest sample: the one with the most reading pages."""
    return max(Document.objects.published(), key=lambda document: pages_of(document).count())


def pages_of(document: Document) -> QuerySet[EditionPage]:
    return EditionPage.objects.filter(edition=document.current_edition).order_by("position")


def page_types() -> dict[str, str]:
    """The address of one page of each type that readers see."""
    document = work()
    edition = document.current_edition
    assert edition is not None
    page = max(pages_of(document), key=lambda page: len(page.html))
    article = Article.objects.published().first()
    assert article is not None
    assert article.current_edition is not None
    author = Author.objects.order_by("pk").first()
    assert author is not None
    tag = next(tag for article in Article.objects.published() for tag in article.tags.all())
    return {
        "home": reverse("home"),
        "articles:list": reverse("articles:list"),
        "articles:article": article.get_absolute_url(),
        "articles:edition": reverse("articles:edition", args=[article.slug, article.current_edition.number]),
        "theses:list": reverse("theses:list"),
        "theses:document": document.get_absolute_url(),
        "theses:page": reverse("theses:page", args=[document.slug, page.slug]),
        "theses:figures": reverse("theses:figures", args=[document.slug]),
        "theses:whole": reverse("theses:whole", args=[document.slug]),
        "theses:edition": reverse("theses:edition", args=[document.slug, edition.number]),
        "theses:edition_page": reverse("theses:edition_page", args=[document.slug, edition.number, page.slug]),
        "authors": reverse("authors"),
        "author": author.get_absolute_url(),
        "tag": reverse("tag", args=[tag.slug]),
        "contact": reverse("contact"),
        "contact_sent": reverse("contact_sent"),
        "report": f"{reverse('report')}?adresse={document.get_absolute_url()}{page.slug}/",
        "report_sent": reverse("report_sent"),
        "accessibility": reverse("accessibility"),
        "search": f"{reverse('search')}?q=machine",
        "search:empty": reverse("search"),
        "search:nothing": f"{reverse('search')}?q=zzyzxquux",
        "offline": reverse("offline"),
    }


NAMES = [
    "home",
    "articles:list",
    "articles:article",
    "articles:edition",
    "theses:list",
    "theses:document",
    "theses:page",
    "theses:figures",
    "theses:whole",
    "theses:edition",
    "theses:edition_page",
    "authors",
    "author",
    "tag",
    "contact",
    "contact_sent",
    "report",
    "report_sent",
    "accessibility",
    "search",
    "search:empty",
    "search:nothing",
    "offline",
]
CANONICAL_ELSEWHERE = {"articles:edition", "theses:edition", "theses:edition_page", "theses:whole"}
"""Pages whose canonical address is another page: the work itself, in its latest edition."""
NOT_INDEXED = {"search", "search:nothing", "contact_sent", "offline", "report", "report_sent"}
