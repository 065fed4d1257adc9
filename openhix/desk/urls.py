"""The addresses of the desk: the resident's dashboard and results, and the staff's pages."""

from django.urls import path

from openhix.desk import alike, proofs, scenarios, special, staff, views

urlpatterns = [
    path("dashboard/", views.dashboard_page, name="dashboard"),
    path("results/", views.results_page, name="results"),
    path("staff/", staff.find_page, name="staff"),
    path("staff/households/<str:member_id>/", staff.household_page, name="staff-household"),
    path("staff/households/<str:member_id>/people/<str:key>/", staff.correct_page, name="staff-correct"),
    path("staff/households/<str:member_id>/people/<str:key>/alike/", alike.alike_page, name="staff-alike"),
    path("staff/households/<str:member_id>/changes/", special.special_page, name="staff-special"),
    path("staff/households/<str:member_id>/letters/<int:pk>/", staff.letter_page, name="staff-letter"),
    path("staff/proofs/", proofs.queue_page, name="staff-proofs"),
    path("staff/proofs/<int:pk>/", proofs.proof_page, name="staff-proof"),
    path("staff/proofs/<int:pk>/papers/<int:paper>/", proofs.paper_page, name="staff-paper"),
    path("staff/services/", proofs.services_page, name="staff-services"),
    path("staff/undecided/", staff.undecided_page, name="staff-undecided"),
    path("staff/scenarios/", scenarios.scenarios_page, name="staff-scenarios"),
    path("staff/scenarios/<int:pk>/", scenarios.compared_page, name="staff-compared"),
    path("staff/clock/", staff.clock_page, name="staff-clock"),
]
