"""What Hypothesis sends to the chat: every route and every event, right ones with one thing wrong, and plain noise."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from tests.hostile.wires import request

MARK = "zanzibarquagga"
"""Stands in every text that is sent: no log may ever hold it."""
FILES = [
    {"path": path, "meta": {"_type": "gradio.FileData"}, "orig_name": MARK}
    for path in ("/dev/zero", "/etc/shadow", "/proc/self/environ", "/etc/passwd", "http://127.0.0.1:9/x", "..", "")
]
TEXTS = [MARK, "", f"{MARK}\ud800", "\udfff", "\x00", "../" * 40 + "etc/passwd", f"{MARK} " * 2000, "é" * 300, "FI"]
ODD: list[Any] = [
    *FILES, *TEXTS, None, True, -1, 0, 10**40, 1e308, float("nan"), [], {}, [[]], [FILES[0]], {"a": FILES[1]},
    ["FI"] * 4000, [MARK] * 50, {"__type__": "update", "value": FILES[0]}, {"value": FILES[2]}, [None, [FILES[0]]],
]  # fmt: skip
PATHS = (
    "/", "/healthz", "/page/{}/{}.png", "/files/{}", "/p/{}/{}", "/view/{}", "/view/matrix/{}", "/export/{}.md",
    "/export/matrix/evidence-matrix.{}", "/api/v1/page", "/config", "/theme.css", "/static/{}", "/assets/{}",
    "/svelte/{}", "/gradio_api/heartbeat/{}", "/gradio_api/queue/data", "/gradio_api/startup-events",
    "/gradio_api/file={}",
    "/gradio_api/upload", "/gradio_api/{}", "/{}", "/api/v1/ask", "/gradio_api/queue/join",
    "/favicon.ico", "/robots.txt", "/openapi.json", "/v1/models", "/v1/{}", "/v1/chat/completions",
)  # fmt: skip
PIECES = (
    "ee", "1", "table", "cell", "country", "matrix", "json", "none", "..", "%2e%2e%2fetc%2fpasswd", "%00", "a" * 255,
    "a" * 5000, "%ff%fe", "%ed%a0%80", "con", "-1", "999999999999", "%F0%9F%A6%93", "x%0d%0aSet-Cookie:a", "~", "*",
    "[", MARK,
)  # fmt: skip
NAMES = ("document", "page", "start", "end", "boxes", "country", "domain", "kind", "from", "to", "indicator", "q",
         "session_hash", "theme", "doc", "p")  # fmt: skip
HEADERS = (
    ("X-Forwarded-Host", "evil.test"), ("X-Forwarded-Proto", "https"), ("X-Gradio-Server", "http://evil.test"),
    ("Forwarded", "host=evil.test"), ("Host", "evil.test"), ("Host", "["), ("Host", "1a2b3c4"), ("Host", ""),
    ("Host", "localhost:99999"), ("Origin", "http://evil.test"), ("Origin", "null"), ("Upgrade", "websocket"),
    ("Sec-Fetch-Site", "cross-site"), ("Range", "bytes=0-,0-,0-,0-"), ("Cookie", f"access-token={MARK}"),
    ("Content-Length", "-1"), ("Content-Length", "99999999999999999999"), ("Transfer-Encoding", "chunked"),
    ("Transfer-Encoding", "gzip"), ("Content-Type", "multipart/form-data; boundary=x"), ("Expect", "100-continue"),
    ("Accept-Encoding", "br;q=x, *"), ("If-None-Match", MARK), ("X" * 9000, "x"), ("Referer", f"http://{MARK}.test/"),
)  # fmt: skip

anything = st.recursive(st.sampled_from(ODD), lambda one: st.lists(one, max_size=3) | st.dictionaries(
    st.sampled_from(["path", "meta", "_type", "value", MARK]), one, max_size=3), max_leaves=4)  # fmt: skip


def encoded(value: Any) -> bytes:
    """Return a value as JSON, half characters and numbers that are none included."""
    return json.dumps(value).encode()


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """An address: a route with hostile pieces, and a query."""
    path = draw(st.sampled_from(PATHS))
    path = path.format(*(draw(st.sampled_from(PIECES)) for _ in range(path.count("{}"))))
    query = draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(PIECES)), max_size=3))
    odd = draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TEXTS)), max_size=1))
    pairs = [f"{name}={value}" for name, value in query]
    pairs += [f"{name}={quote(value[:3000].encode('utf-8', 'surrogatepass'))}" for name, value in odd]
    return path + ("?" + "&".join(pairs) if pairs else "")


@st.composite
def reads(draw: st.DrawFn) -> bytes:
    """A request without a body, or with a strange method."""
    method = draw(st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "PUT", "POST", "TRACE", MARK]))
    return request(method, draw(addresses()), headers=tuple(draw(st.lists(st.sampled_from(HEADERS), max_size=2))))


@st.composite
def wronged(draw: st.DrawFn, right: dict[str, Any]) -> Any:
    """A right body with one thing wrong, at the top or inside a list."""
    body = json.loads(json.dumps(right))
    kind = draw(st.sampled_from(["field", "inside", "extra", "missing", "whole", "none"]))
    name = draw(st.sampled_from(sorted(body)))
    if kind == "field":
        body[name] = draw(anything)
    elif kind == "inside":
        lists = [key for key, value in body.items() if isinstance(value, list) and value]
        if lists:
            place = body[draw(st.sampled_from(lists))]
            place[draw(st.integers(0, len(place) - 1))] = draw(anything)
    elif kind == "extra":
        body[draw(st.sampled_from(["simple_format", "batched", "oauth_token", "event_data", MARK]))] = draw(anything)
    elif kind == "missing":
        del body[name]
    return draw(anything) if kind == "whole" else body


@st.composite
def posts(draw: st.DrawFn, events: list[dict[str, Any]]) -> bytes:
    """A question to the API or an event of the screen, right or wrong, or bytes that are no JSON."""
    ask = {"id": "7", "question": f"How did Estonia win public trust? {MARK}", "history": [MARK],
           "countries": ["EE", "FI"], "documents": ["ee"], "top": 3}  # fmt: skip
    chat = {
        "model": "genomic-policy-library",
        "stream": True,
        "countries": ["EE"],
        "temperature": 0.5,
        "messages": [{"role": "system", "content": MARK}, {"role": "user", "content": f"Who has a law? {MARK}"}],
    }
    place, right = draw(st.sampled_from([
        ("/api/v1/ask", ask), ("/api/v1/search", ask), ("/v1/chat/completions", chat),
        *((("/gradio_api/queue/join", event)) for event in events),
        ("/gradio_api/cancel", {"event_id": "a" * 32, "session_hash": "s1", "fn_index": 1}),
        ("/gradio_api/reset", {"event_id": "a" * 32}),
    ]))  # fmt: skip
    body = draw(st.one_of(
        wronged(right).map(encoded), wronged(right).map(encoded), wronged(right).map(encoded),
        st.sampled_from([b"", b"{", b"[" * 60_000, b"\xff\xfe", b"9" * 6000, b"null", b"x" * 300_000]),
    ))  # fmt: skip
    headers = tuple(draw(st.lists(st.sampled_from(HEADERS), max_size=1)))
    return request("POST", place, body, (("Content-Type", "application/json"), *headers))


noise = st.one_of(st.binary(max_size=400), st.sampled_from([
    b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", b"\r\n" * 2000, b"GET " + b"/" * 70_000,
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nnoise\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n",
    b"\x16\x03\x01\x02\x00", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"POST /api/v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{",
]))  # fmt: skip
