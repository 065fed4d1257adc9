"""The order of the house, written once: a household walks through the rooms from top to bottom.

A room may use the rooms above it, never those below. The installed apps, the URLs and the layer check all
follow this list. Rooms of the design that have nothing in them yet are not listed.
"""

ROOMS: tuple[str, ...] = (
    "kernel",
    "law",
    "history",
    "people",
    "correspondence",
    "plans",
    "application",
    "verification",
    "eligibility",
    "shopping",
    "enrollment",
    "billing",
    "desk",
    "site",
)

# Pure rooms hold no records: no Django in them.
PURE: frozenset[str] = frozenset({"kernel", "law"})


def installed_apps() -> list[str]:
    """The rooms that are Django apps, in order."""
    return [f"openhix.{room}" for room in ROOMS if room not in PURE]
