"""Who asks for what (pure): the addresses that exist, the names the server answers to, and which sites may ask.

A web page in the same browser can send requests here without the reader's knowledge. What changes something or costs
work is done for our own page only; from elsewhere a link may lead to the screen, to a page of it or to a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
LONGEST_PATH = 600
LONGEST_QUERY = 14_000
NAME = r"[\w.~-]{1,200}"
SESSION = r"[0-9a-z]{1,40}"
READABLE = re.compile(
    rf"/|/healthz|/(?:files|p)/{NAME}|/p/{NAME}/[0-9]{{1,9}}|/page/{NAME}/[0-9]{{1,9}}\.png"
    rf"|/view/[a-z]{{1,20}}(?:/[a-z]{{1,20}})?|/export/{NAME}|/export/matrix/{NAME}|/api/v1/page"
    r"|/openapi\.json|/v1/models"
    rf"|/config|/theme\.css|/favicon\.ico|/robots\.txt|/(?:assets|static|svelte)/{NAME}(?:/{NAME}){{0,4}}"
    rf"|/gradio_api/(?:theme\.css|startup-events|heartbeat/{SESSION}|queue/data)"
)
WRITABLE = re.compile(
    r"/api/v1/(?:ask|search)|/v1/chat/completions|/feedback|/export/brief\.[a-z]{2,4}|/gradio_api/(?:queue/join|reset|cancel)"
)
STREAM = re.compile(r"/gradio_api/(heartbeat|queue/data)")
LINKED = re.compile(rf"/|/p/.*|/files/{NAME}|/healthz|/favicon\.ico|/robots\.txt")
"""What a link from elsewhere may open, as a page of its own: never as a part of another page."""
PASSED = (
    "host", "accept", "accept-language", "accept-encoding", "content-type", "user-agent", "range", "if-range",
    "if-none-match", "if-modified-since",
)  # fmt: skip
"""Headers that are handed on. Those of proxies are not: anybody can say that a request was forwarded."""
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(\[[0-9A-Fa-f:.]{{2,45}}\]|{_LABEL}(?:\.{_LABEL}){{0,20}})(?::([0-9]{{1,5}}))?")


def heads_of(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers by name; of those that come twice, the first."""
    heads: dict[str, str] = {}
    for name, value in headers:
        heads.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return heads


def passed_on(heads: Mapping[str, str], length: int | None) -> list[tuple[bytes, bytes]]:
    """Return the headers for inside; `length` is that of the body, which is JSON, None where there is none."""
    given = {name: heads[name] for name in PASSED if name in heads}
    if length is not None:
        given |= {"content-type": "application/json", "content-length": str(length)}
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.items()]


def refusal(scope: Mapping[str, Any], heads: Mapping[str, str], hosts: frozenset[str] | None) -> tuple[int, str] | None:
    """Return why a request is not let in, as a status and a sentence, or None where it is."""
    host, path, method = heads.get("host", ""), scope["path"], scope["method"]
    name = name_of_host(host)
    if name is None:
        return 400, "wrong host"
    if hosts is not None and name not in hosts:
        return 421, "this address is not served here"
    if method not in ("GET", "HEAD", "POST"):
        return 405, "method not allowed"
    if len(path) > LONGEST_PATH or len(scope.get("query_string", b"")) > LONGEST_QUERY:
        return 414, "this address is too long"
    allowed = WRITABLE if method == "POST" else READABLE
    if not allowed.fullmatch(path) or ".." in path:
        return (405, "method not allowed") if _exists(path) else (404, "not found")
    if not is_same_site(heads, host) and not (method != "POST" and LINKED.fullmatch(path) and _is_link(heads)):
        return 403, "requests from other sites are not answered"
    return None


def _exists(path: str) -> bool:
    return bool(WRITABLE.fullmatch(path) or READABLE.fullmatch(path))


def name_of_host(host: str) -> str | None:
    """Return a host header's name in small letters without its port, None where it is none."""
    found = _HOST.fullmatch(host)
    if not found or int(found.group(2) or 0) > 65535:
        return None
    name = found.group(1).lower()
    if name.startswith("[") or re.fullmatch(r"[0-9]+.[0-9]+.[0-9]+.[0-9]+|[0-9.]+", name):
        try:
            ip_address(name.strip("[]"))
        except ValueError:
            return None
    return name


def is_same_site(heads: Mapping[str, str], host: str) -> bool:
    """Return whether our own page asks, or no page at all.

    Browsers say it in Sec-Fetch-Site, where the address is trustworthy to them (https, or this machine); elsewhere
    Origin and Referer, which our own page does not send, tell of another site.
    """
    site = heads.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = heads.get("origin")
    if origin is not None and re.sub(r"^https?://", "", origin) != host:
        return False
    referer = heads.get("referer")
    return referer is None or re.sub(r"^https?://", "", referer).partition("/")[0] == host


def _is_link(heads: Mapping[str, str]) -> bool:
    """Return whether a browser opens the address as a page of its own (older ones do not say)."""
    return (
        heads.get("sec-fetch-dest", "document") == "document" and heads.get("sec-fetch-mode", "navigate") == "navigate"
    )
