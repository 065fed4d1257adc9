from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import BaseUserManager


class AccountManager(BaseUserManager[Any]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:
        account = self.model(email=email.casefold(), **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email=(username or "").casefold())
