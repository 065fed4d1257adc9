"""A policy keeps what care costs its people. Earlier ones were sold as the plan is, or as their ConnectorCare type."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

# By plan type of 2025 and 2026: law/massachusetts/connectorcare_plan_types.yaml.
OF_CONNECTORCARE = {
    "connectorcare_type_1": ("1",),
    "connectorcare_low": ("2A", "2B"),
    "connectorcare_high": ("3A", "3B", "3C", "3D"),
}


def keep_connectorcare(apps: Any, schema_editor: Any) -> None:
    policies = apps.get_model("enrollment", "Policy").objects
    for variant, plan_types in OF_CONNECTORCARE.items():
        policies.filter(plan_type__in=plan_types).update(variant=variant)


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0003_covered_before")]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="variant",
            field=models.CharField(default="standard", max_length=20),
            preserve_default=False,
        ),
        migrations.RunPython(keep_connectorcare, migrations.RunPython.noop),
    ]
