"""The household's shopping pages. What is picked stands in the query string until it is confirmed."""

from django.urls import path

from openhix.enrollment import views

urlpatterns = [
    path("plans/", views.plans_page, name="plans"),
    path("plans/review/", views.review_page, name="plans-review"),
    path("plans/chosen/<slug:key>/", views.chosen_page, name="chosen"),
    path("plans/<slug:kind>/<int:number>/", views.listing_page, name="plans-for"),
    path("plans/<slug:kind>/<int:number>/<str:plan_id>/", views.sheet_page, name="plan-for"),
]
