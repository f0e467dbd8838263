from django.urls import path

from articles import views
from articles.feeds import ArticleFeed

app_name = "articles"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("flux/", ArticleFeed(), name="feed"),
    path("<slug:slug>/", views.article, name="article"),
    path("<slug:slug>/citation.<str:ending>", views.citation, name="citation"),
    path("<slug:slug>/passages/<slug:anchor>/", views.passage, name="passage"),
    path("<slug:slug>/apercu/", views.preview, name="preview"),
    path("<slug:slug>/editions/<int:number>/", views.edition, name="edition"),
]
