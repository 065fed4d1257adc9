"""Where the pages are: each room's own addresses, in the order of the journey, in three languages."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import TemplateView

from openhix.correspondence.inbox import inbox_page
from openhix.journey import ROOMS
from openhix.site import api, api_page, views, watching

shell: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("about/", TemplateView.as_view(template_name="site/about.html"), name="about"),
    path("how-it-works/", TemplateView.as_view(template_name="site/how.html"), name="how"),
    path("help/", TemplateView.as_view(template_name="site/help.html"), name="help"),
    path("accessibility/", TemplateView.as_view(template_name="site/accessibility.html"), name="accessibility"),
    path("api/", api_page.page, name="api"),
]
rooms = [
    path("", include(f"openhix.{room}.urls"))
    for room in ROOMS
    if room != "site" and find_spec(f"openhix.{room}.urls") is not None
]

public_api: list[URLPattern | URLResolver] = [
    path("openapi.json", api.document_page, name="api-document"),
    *api.routes(),
    re_path(r"^(?P<rest>.*)$", api.nothing, name="api-nothing"),
]

urlpatterns = [
    path("api/v1/", include(public_api)),
    path("inbox/", inbox_page, name="inbox"),
    path("health/", watching.health_page, name="health"),
    path("metrics/", watching.metrics_page, name="metrics"),
    path("language/<slug:code>/", views.choose_language, name="choose-language"),
    *i18n_patterns(*rooms, *shell, prefix_default_language=False),
]

handler400 = "openhix.site.views.bad_request"
handler403 = "openhix.site.views.forbidden"
handler404 = "openhix.site.views.not_found"
handler500 = "openhix.site.views.server_error"
