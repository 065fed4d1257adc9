from django.urls import path

from openhix.eligibility import views

urlpatterns = [path("results/", views.results_page, name="results")]
