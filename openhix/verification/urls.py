"""The addresses of a resident's proofs."""

from django.urls import path

from openhix.verification import views

urlpatterns = [
    path("proofs/", views.proofs_page, name="proofs"),
    path("proofs/<int:pk>/", views.proof_page, name="proof"),
    path("proofs/papers/<int:pk>/", views.paper_page, name="proof-paper"),
]
