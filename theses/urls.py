from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from theses import views
from theses.feeds import DocumentFeed
from theses.paging import RESERVED


class PageSlug(SlugConverter):
    """The slug of a page; the reserved ends of addresses are none."""

    def to_python(self, value: str) -> str:
        if value in RESERVED:
            raise ValueError
        return value


register_converter(PageSlug, "page")

app_name = "theses"

urlpatterns = [
    path("", views.document_list, name="list"),
    path("flux/", DocumentFeed(), name="feed"),
    path("<slug:slug>/", views.document, name="document"),
    path("<slug:slug>/figures/", views.figures, name="figures"),
    path("<slug:slug>/integral/", views.whole, name="whole"),
    path("<slug:slug>/citation.<str:ending>", views.citation, name="citation"),
    path("<slug:slug>/passages/<slug:anchor>/", views.passage, name="passage"),
    path("<slug:slug>/hors-connexion.json", views.offline_manifest, name="offline"),
    path("<slug:slug>/apercu/", views.preview, name="preview"),
    path("<slug:slug>/apercu/<page:page>/", views.preview_page, name="preview_page"),
    path("<slug:slug>/editions/<int:number>/", views.edition, name="edition"),
    path("<slug:slug>/editions/<int:number>/<page:page>/", views.edition_page, name="edition_page"),
    path("<slug:slug>/<page:page>/", views.page, name="page"),
]
