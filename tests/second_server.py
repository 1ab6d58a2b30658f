"""A server on this machine that speaks as a second reader does: honest, lying, stalling, flooding, or breaking its JSON."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TEXT = (
    "青岚区发布2026年重点工作安排\n发布时间:2026-03-05 来源:青岚区人民政府办公室\n\n"
    "　　今年，全区将新建口袋公园5个，完成投资3.2亿元。\n\n　　去年，全区新增就业5800人，同比增长9.7%。\n"
)
PARK, WORK = "全区将新建口袋公园5个，完成投资3.2亿元", "全区新增就业5800人，同比增长9.7%"
Spans = list[dict[str, Any]]


def said(quote: str, kind: str = "commitment", figures: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {"quote": quote, "kind": kind, "figures": list(figures), "owner": None, "due": None, **more}


TRUTH = [said(PARK, "commitment", ("5个", "3.2亿元")), said(WORK, "result", ("5800人", "9.7%"))]


class Server:
    """What it answers is ``answer`` of the spans it was asked about; ``asked`` holds the requests."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.raw: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.answer: Callable[[Spans], Any] = honest
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append({"path": self.path, "key": self.headers.get("Authorization"), **asked})
                if server.raw is not None:
                    server.raw(self)
                    return
                spans = json.loads(asked["messages"][1]["content"])["spans"]
                content = server.answer(spans)
                content = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
                reply(self, json.dumps({"choices": [{"message": {"content": content}}]}).encode())

            def log_message(self, *_given: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def end(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def reply(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def honest(spans: Spans) -> Any:
    return {
        "spans": [{"id": s["id"], "statements": [t for t in TRUTH if t["quote"] in s["text"]]} for s in spans]
    }


def lying(*statements: dict[str, Any]) -> Callable[[Spans], Any]:
    return lambda spans: {
        "spans": [
            {"id": s["id"], "statements": list(statements) if not n else []} for n, s in enumerate(spans)
        ]
    }


def stalls(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(8)


def trickles(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(80):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        pass


def floods(handler: BaseHTTPRequestHandler) -> None:
    with contextlib.suppress(OSError):
        reply(handler, b" " * 9_000_000)
