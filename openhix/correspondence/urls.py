"""The addresses of letters."""

from django.urls import path

from openhix.correspondence import views

urlpatterns = [
    path("letters/", views.letters_page, name="letters"),
    path("letters/<int:pk>/", views.letter_page, name="letter"),
    path("letters/<int:pk>.pdf", views.letter_pdf, name="letter-pdf"),
]
