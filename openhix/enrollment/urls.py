"""Changes in life, and the household's shopping pages. What is picked stands in the address until it is confirmed."""

from django.urls import path

from openhix.enrollment import changes, views

urlpatterns = [
    path("changes/", changes.changes_page, name="changes"),
    path("plans/", views.plans_page, name="plans"),
    path("plans/review/", views.review_page, name="plans-review"),
    path("plans/chosen/<slug:key>/", views.chosen_page, name="chosen"),
    path("plans/<slug:kind>/<int:number>/", views.listing_page, name="plans-for"),
    path("plans/<slug:kind>/<int:number>/<str:plan_id>/", views.sheet_page, name="plan-for"),
]
