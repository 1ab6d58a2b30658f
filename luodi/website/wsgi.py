"""The server's entrance."""

import os

from django.core.wsgi import get_wsgi_application

from luodi.website.parenthood import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.website.settings")
end_with_parent()
application = get_wsgi_application()


def _start_clock() -> None:
    from django.db import connection

    from luodi.website import clock

    clock.start()
    connection.close()


_start_clock()
