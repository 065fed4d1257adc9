from django.urls import path

from openhix.application import views

urlpatterns = [
    path("application/", views.task_list, name="application"),
    path("application/begin/", views.begin, name="application-begin"),
    path("application/change/", views.change, name="application-change"),
    path("application/throw-away/", views.throw_away, name="application-throw-away"),
    path("application/people/add/", views.add_person, name="application-add-person"),
    path("application/people/<slug:person>/remove/", views.remove_person, name="application-remove-person"),
    path("application/review/", views.review, name="application-review"),
    path("application/sign/", views.sign, name="application-sign"),
    path("application/<slug:step>/", views.page, name="application-page"),
    path("application/<slug:step>/<slug:person>/", views.page, name="application-person-page"),
]
