"""Addresses of taking documents in, below /desk/."""

from __future__ import annotations

from django.urls import path

from luodi.desk.intake import batch_page, downloads, overview, sending, steering

urlpatterns = [
    path("intake", overview.overview, name="intake"),
    path("intake/batches.<slug:form>", downloads.batches_file, name="intake-batches"),
    path("intake/<slug:batch>", batch_page.batch_page, name="intake-batch"),
    path("intake/<slug:batch>/now", batch_page.now_part, name="intake-now"),
    path("intake/<slug:batch>/files.<slug:form>", downloads.files_file, name="intake-files"),
    path("intake/<slug:batch>/have", sending.have, name="intake-have"),
    path("intake/<slug:batch>/part/<slug:sha>", sending.part, name="intake-part"),
    path("intake/<slug:batch>/sent", sending.sent, name="intake-sent"),
    path("intake/<slug:batch>/stop", steering.stop, name="intake-stop"),
    path("intake/<slug:batch>/go-on", steering.go_on, name="intake-go-on"),
    path("intake/<slug:batch>/leave-out", steering.leave_out, name="intake-leave-out"),
]
