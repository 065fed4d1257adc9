"""The estimate's addresses. Everything that was asked stands in the query string."""

from django.urls import path

from openhix.shopping import views

urlpatterns = [
    path("estimate/", views.estimate_page, name="estimate"),
    path("estimate/plan/<str:plan_id>/", views.plan_page, name="plan"),
]
