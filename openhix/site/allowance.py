"""How often one network address may ask the public API: so many times in a minute, counted by all web processes.

Real time, not the demonstration's.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from openhix.people.sealed import blind_index
from openhix.site.models import ApiUse

MINUTE = 60  # seconds
KEPT = 5  # minutes
COUNT = """
    insert into site_apiuse (address, minute, times) values (%s, %s, 1)
    on conflict (address, minute) do update set times = site_apiuse.times + 1
    returning times
"""


@dataclass(frozen=True)
class Allowance:
    """Of one address in this minute. `used` may be more than the limit; `reset`: seconds until the next minute."""

    limit: int
    used: int
    reset: int

    @property
    def is_spent(self) -> bool:
        return self.used > self.limit

    def headers(self) -> dict[str, str]:
        """As the CMS Marketplace API names them; Retry-After with a refusal."""
        limit, remaining = str(self.limit), str(max(self.limit - self.used, 0))
        named = {"RateLimit-Limit": limit, "RateLimit-Remaining": remaining, "RateLimit-Reset": str(self.reset)}
        by_minute = {"X-RateLimit-Limit-minute": limit, "X-RateLimit-Remaining-minute": remaining}
        retry = {"Retry-After": str(self.reset)} if self.is_spent else {}
        return {**named, **by_minute, **retry}


class PerMinute(BaseThrottle):
    """Notes the allowance on the request, for the headers of the answer."""

    def allow_request(self, request: Any) -> bool:
        if not settings.RATE_LIMITS:
            return True
        request.allowance = use(request)
        return not request.allowance.is_spent


def use(request: HttpRequest) -> Allowance:
    """Count one request of whoever asks."""
    now = int(time.time())
    minute, into = divmod(now, MINUTE)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [blind_index("api", network(get_adapter().get_client_ip(request))), minute])
        (used,) = cursor.fetchone()
    if used == 1:
        ApiUse.objects.filter(minute__lt=minute - KEPT).delete()
    return Allowance(settings.API_PER_MINUTE, used, MINUTE - into)


def network(address: str) -> str:
    """Whose address it is: of IPv6 one household or machine has a whole /64."""
    found = ipaddress.ip_address(address)
    return str(found if found.version == 4 else ipaddress.ip_network((found, 64), strict=False))
