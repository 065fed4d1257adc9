"""OpenHIX: an open-source health insurance exchange."""

__version__ = "0.1.0"
