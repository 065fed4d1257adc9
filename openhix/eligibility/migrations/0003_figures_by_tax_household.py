"""Each tax household of a determination has its own figures; a finding says which is its own, and what is beside it."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

FIGURES = ("fpl_percent", "benchmark_premium", "expected_contribution", "monthly_credit")


def move_figures(apps: Any, schema_editor: Any) -> None:
    """What stood in a determination were the figures of its one tax household."""
    made = apps.get_model("eligibility", "Determination").objects.exclude(fpl_percent=None)
    tax_household = apps.get_model("eligibility", "TaxHousehold")
    tax_household.objects.bulk_create(
        (
            tax_household(determination_id=pk, number=0, **dict(zip(FIGURES, figures, strict=True)))
            for pk, *figures in made.values_list("pk", *FIGURES).iterator()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0002_compared_laws")]

    operations = [
        migrations.CreateModel(
            name="TaxHousehold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("fpl_percent", models.IntegerField(null=True)),
                ("benchmark_premium", models.BigIntegerField(null=True)),
                ("expected_contribution", models.BigIntegerField(null=True)),
                ("monthly_credit", models.BigIntegerField(null=True)),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="eligibility.determination",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="taxhousehold",
            constraint=models.UniqueConstraint(fields=("determination", "number"), name="tax_households_are_numbered"),
        ),
        migrations.AddField(
            model_name="finding", name="tax_household", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="finding", name="also", field=models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.RunPython(move_figures, migrations.RunPython.noop),
        *(migrations.RemoveField(model_name="determination", name=each) for each in FIGURES),
    ]
