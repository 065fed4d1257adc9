"""The settings of the tests: a home beside the checkout's data, real time's clock out of the way, the tables' owner,
passwords that are hashed in no time (the real way takes a quarter of a second for each account)."""

import os
from pathlib import Path

os.environ["OPENHIX_HOME"] = str(Path(__file__).parents[1] / ".data" / "tests")
os.environ["OPENHIX_DEMO"] = "0"
os.environ["OPENHIX_DATA_SERVICES"] = "openhix.verification.sources.simulated.Simulated"
os.environ["OPENHIX_RATE_LIMITS"] = "0"
os.environ["OPENHIX_DATABASE_ROLE"] = "owner"

from openhix.site.settings import *  # noqa: F403

DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 - the threads of a worker in a test hold on to no connection
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
