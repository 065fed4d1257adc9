from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import BaseUserManager


class AccountManager(BaseUserManager[Any]):
    @staticmethod
    def normalize(email: str) -> str:
        """An address as it is kept: in small letters, without blanks around it."""
        return email.strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        account = self.model(email=self.normalize(email), **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email=self.normalize(username or ""))
