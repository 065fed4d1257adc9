import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('eligibility', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComparedLaws',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=80)),
                ('before', models.CharField(max_length=60)),
                ('after', models.CharField(max_length=60)),
                ('coverage_month', models.DateField()),
                ('law_before', models.CharField(max_length=64)),
                ('law_after', models.CharField(max_length=64)),
                ('households', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('reached', models.BigIntegerField(default=0)),
                ('result', models.JSONField(null=True)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('stopped_by', models.CharField(blank=True, max_length=200)),
            ],
        ),
    ]
