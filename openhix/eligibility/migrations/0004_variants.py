"""A finding keeps the variants of a plan for the person. Earlier ones stay blank: the next answer has them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0003_figures_by_tax_household")]

    operations = [
        migrations.AddField(
            model_name="finding", name="federal_variant", field=models.CharField(blank=True, default="", max_length=20)
        ),
        migrations.AddField(
            model_name="finding", name="silver_variant", field=models.CharField(blank=True, default="", max_length=20)
        ),
    ]
