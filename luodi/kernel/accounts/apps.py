"""Django's handle on this part."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Label luodi_accounts."""

    name = "luodi.kernel.accounts"
    label = "luodi_accounts"
