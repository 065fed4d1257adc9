"""The addresses of bills and payments."""

from django.urls import path

from openhix.billing import views

urlpatterns = [
    path("bills/", views.bills_page, name="bills"),
    path("bills/<int:pk>/", views.bill_page, name="bill"),
    path("bills/<int:pk>.pdf", views.bill_pdf, name="bill-pdf"),
    path("payments/", views.payments_page, name="payments"),
    path("payments/<int:pk>/", views.payment_page, name="payment"),
    path("pay/<slug:kind>/", views.pay_page, name="pay"),
    path("pay/<slug:kind>/<slug:key>/", views.check_page, name="pay-check"),
    path("how-to-pay/", views.how_to_pay_page, name="how-to-pay"),
]
