"""Debian's Chromium, the judge of accessibility, and what is measured on every page."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
)
AXE = Path(__file__).with_name("vendor") / "axe.min.js.gz"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# what must be large enough for a finger: everything that is not a link within a sentence
TARGETS = (
    ".btn, input:not([type=hidden]):not([type=radio]):not([tabindex='-1']), select, textarea, summary, .ld-nav a, .ld-menu a, "
    ".ld-tools a, .ld-legend a, .ld-chips a, .ld-sort a, .ld-pages a, .ld-foot nav a, .ld-src > label, .ld-val"
)
SMALLEST = 44
_TELL = "e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI)"
_SMALL = """([selector, least]) => [...document.querySelectorAll(selector)]
    .filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
    .filter(([e, r]) => r.width && r.x > -100 && r.height < least - 0.5)
    .map(([e, r]) => `${e.tagName}.${e.className} ${(e.textContent || e.name).trim().slice(0, 20)} ${r.height}`)"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; gone afterwards."""
    from django.db import connections
    from playwright.sync_api import sync_playwright

    # the driver's event loop makes Django think that this thread may not ask the database
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            # while the loop runs, Django keeps connections beside those of ordinary tests; left open, the next site's
            # tests would go on reading this site's database
            connections.close_all()
            browser.close()
            os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@contextmanager
def page_of(browser: Any, width: int, *, script: bool = True, dark: bool = False) -> Iterator[Any]:
    """A page ``width`` px wide whose faults raise: broken policy, failed requests, errors in the console."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        java_script_enabled=script,
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.faults = []
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("requestfailed", lambda request: page.faults.extend(_fault_of(request)))
    if script:
        page.add_init_script(f"document.addEventListener('securitypolicyviolation', {_TELL})")
    try:
        yield page
    finally:
        context.close()


def _fault_of(request: Any) -> list[str]:
    """What the page asked for and did not get; what it gave up itself by going elsewhere is no fault."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


def axe_findings(page: Any) -> list[str]:
    """What axe finds wrong, one line a node."""
    page.evaluate(gzip.decompress(AXE.read_bytes()).decode("utf-8"))
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", list(TAGS)
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def overflow(page: Any) -> int:
    """By how many px the page is wider than the window."""
    return int(
        page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def small_targets(page: Any) -> list[str]:
    """What is too small to be hit with a finger: its words, width and height."""
    return list(page.evaluate(_SMALL, [TARGETS, SMALLEST]))
