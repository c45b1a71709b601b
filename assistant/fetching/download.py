"""One file over https, whole or not at all (owns httpx): redirects, resuming, limits, tries again where it may help."""

from __future__ import annotations

import hashlib
import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from urllib.request import getproxies, proxy_bypass

import certifi
import httpx

from assistant.errors import FetchError
from assistant.fetching.parts import Part, Validators
from assistant.fetching.places import Resolve, check_address, first_address, next_address, places_of, resolve

MIB = 1024 * 1024
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_SAID = {401: "it asks for a login", 403: "the server refuses", 404: "the page is not there", 410: "the page is gone"}
_LONGEST_WAIT = 60.0
_SNIFFED = 2048

Progress = Callable[[int, int], None]
"""(bytes so far, bytes in all or 0)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may take: bytes, seconds (to connect, between two pieces, in all), tries and redirects."""

    size: int = 200 * MIB
    connect_seconds: float = 15.0
    pause_seconds: float = 30.0
    whole_seconds: float = 900.0
    tries: int = 4
    redirects: int = 8


@dataclass(frozen=True, slots=True)
class Got:
    """A whole file, still at its unfinished place. `kind` is pdf or html."""

    kind: str
    final: str
    sha256: str
    size: int
    validators: Validators
    links: str = ""
    """The Link header of the answer."""


class Downloader:
    """Fetches files one by one, without cookies, logins or kept connections. Use it in a `with` block.

    `sniff` says what a file is by its first bytes ("pdf", "html" or other words); `sleep` waits between tries. With
    `loopback` it asks http and loopback addresses and nothing else: for tests against a server on this machine.
    """

    def __init__(
        self,
        agent: str,
        sniff: Callable[[bytes], str],
        limits: Limits = Limits(),
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        find: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        loopback: bool = False,
    ) -> None:
        self._sniff, self._limits, self._sleep, self._clock = sniff, limits, sleep, clock
        self._find, self._loopback = find, loopback
        proxies = {} if loopback else getproxies()
        self._proxied = "https" in proxies
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept": "application/pdf,text/html;q=0.9", "Accept-Encoding": "identity"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(limits.pause_seconds, connect=limits.connect_seconds),
            limits=httpx.Limits(max_keepalive_connections=0),  # a connection is to one name at one checked place
            proxy=_with_scheme(proxies["https"]) if self._proxied else None,
            trust_env=False,
            verify=tls or trusted(),
        )

    def __enter__(self) -> Downloader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(
        self,
        address: str,
        part: Part,
        kinds: frozenset[str],
        known: Validators | None = None,
        progress: Progress = lambda done, whole: None,
    ) -> Got | None:
        """Fetch into `part`; return None where the server says that the `known` version is the newest.

        Raises FetchError with the reason; bytes that may be gone on from stay in `part`.
        """
        address = first_address(address, loopback=self._loopback)
        end = self._clock() + self._limits.whole_seconds
        for number in range(1, self._limits.tries + 1):
            try:
                return self._once(address, part, kinds, known, progress, end)
            except FetchError as problem:
                if not problem.again or number == self._limits.tries or self._clock() >= end:
                    tried = f" (tried {number} times)" if number > 1 else ""
                    raise FetchError(f"{problem.reason}{tried}") from problem
                self._sleep(min(max(problem.wait, 2.0 ** (number - 1)), _LONGEST_WAIT))
        raise AssertionError("no try was made")

    def _once(
        self, address: str, part: Part, kinds: frozenset[str], known: Validators | None, progress: Progress, end: float
    ) -> Got | None:
        held, version = part.held(address)
        headers: dict[str, str] = {}
        if held:
            headers = {"Range": f"bytes={held}-", "If-Range": version.for_range}
        elif known:
            headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        try:
            with self._answer(address, {name: value for name, value in headers.items() if value}) as (answer, final):
                if answer.status_code == 304 and known and not held:
                    return None
                _check_status(answer, part)
                version = Validators(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
                if answer.status_code == 206:
                    _check_range(answer, part, held)
                else:
                    held = 0
                    packed = "content-encoding" in answer.headers  # such bytes cannot be counted from the outside
                    part.begin(address, Validators() if packed else version)
                self._store(answer, part, kinds, held, progress, end)
                return self._whole(answer, part, kinds, final, version)
        except httpx.TimeoutException as problem:
            raise FetchError("no answer in time", again=True) from problem
        except httpx.InvalidURL as problem:
            raise FetchError(f"it is no address: {problem}") from problem
        except httpx.HTTPError as problem:
            raise FetchError(f"the connection broke: {problem}", again=True) from problem
        except OSError as problem:
            raise FetchError(f"it cannot be stored: {problem.strerror or problem}") from problem

    def _store(
        self, answer: httpx.Response, part: Part, kinds: frozenset[str], held: int, progress: Progress, end: float
    ) -> None:
        """Append the body to the part, as it comes; a file of the wrong kind or size is dropped as soon as it shows."""
        said = int(answer.headers.get("content-length") or 0)
        whole = held + said if said else 0
        if whole > self._limits.size:
            raise self._too_large(part)
        start = part.path.read_bytes()[:_SNIFFED] if held else b""
        with part.path.open("ab") as file:
            for piece in answer.iter_bytes():
                file.write(piece)
                held += len(piece)
                if held > self._limits.size:
                    raise self._too_large(part)
                if len(start) < _SNIFFED:
                    start += piece[: _SNIFFED - len(start)]
                    if len(start) == _SNIFFED:
                        self._check_kind(start, part, kinds)
                if self._clock() >= end:
                    raise FetchError(f"it took longer than {self._limits.whole_seconds:.0f} seconds")
                progress(held, whole)
        self._check_kind(start, part, kinds)

    def _check_kind(self, start: bytes, part: Part, kinds: frozenset[str]) -> str:
        kind = self._sniff(start) if start else "an empty file"
        if kind not in kinds:
            part.drop()
            names = {"": "a text file", "pdf": "a PDF", "html": "a web page", "zip": "a ZIP archive"}
            wanted = " or ".join(names[name] for name in sorted(kinds, reverse=True))
            raise FetchError(f"it is {names.get(kind, kind)}, wanted was {wanted}")
        return kind

    def _too_large(self, part: Part) -> FetchError:
        part.drop()
        return FetchError(f"it is larger than {self._limits.size / MIB:.0f} MiB (setting largest_file)")

    def _whole(self, answer: httpx.Response, part: Part, kinds: frozenset[str], final: str, version: Validators) -> Got:
        data = part.path.read_bytes()
        kind = self._check_kind(data[:_SNIFFED], part, kinds)
        if kind == "pdf" and "content-length" not in answer.headers and b"%%EOF" not in data[-4096:]:
            raise FetchError("the PDF ends before its end", again=True)
        return Got(kind, final, hashlib.sha256(data).hexdigest(), len(data), version, answer.headers.get("link", ""))

    @contextmanager
    def _answer(self, address: str, headers: Mapping[str, str]) -> Iterator[tuple[httpx.Response, str]]:
        """Yield (answer, its address) with redirects followed by hand: only to https, never in a circle."""
        seen: list[str] = []
        while True:
            if address in seen:
                raise FetchError("its redirects go round in a circle")
            if len(seen) > self._limits.redirects:
                raise FetchError(f"more than {self._limits.redirects} redirects")
            seen.append(address)
            with self._asked(address, headers) as answer:
                if answer.status_code in (301, 302, 303, 307, 308):
                    address = next_address(address, answer.headers.get("location", ""), loopback=self._loopback)
                    continue
                yield answer, address
                return

    @contextmanager
    def _asked(self, address: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Connect to a checked IP address under the name's certificate, so that no second look-up can lead elsewhere.

        Behind a proxy the proxy looks names up; then only the address itself was checked.
        """
        host, port = check_address(address, loopback=self._loopback)
        url = httpx.URL(address)
        if self._proxied and not proxy_bypass(host):
            places, more = [url.host], {}
        else:
            places, more = places_of(host, port, self._find, loopback=self._loopback), {"Host": url.netloc.decode()}
        failed: httpx.HTTPError | None = None
        for place in places[:4]:
            request = self._client.build_request(
                "GET",
                url.copy_with(host=place),
                headers={**headers, **more},
                extensions={"sni_hostname": url.raw_host.decode()},
            )
            try:
                answer = self._client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as problem:
                failed = problem
                continue
            try:
                yield answer
            finally:
                answer.close()
            return
        again = "CERTIFICATE" not in str(failed)  # a wrong certificate stays wrong
        raise FetchError(f"no connection to {host}: {failed}", again=again) from failed


def trusted() -> ssl.SSLContext:
    """Return the certificates of the system (an office may have its own) and those that come with httpx."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _with_scheme(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"


def _check_status(answer: httpx.Response, part: Part) -> None:
    status = answer.status_code
    if status in (200, 206):
        return
    if status == 416:
        part.drop()
        raise FetchError("the server has no rest to what was here", again=True)
    words = _SAID.get(status, "the server cannot answer" if status >= 500 else "the server does not give it")
    wait = _retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
    raise FetchError(f"{words} (HTTP {status})", again=status in _AGAIN, wait=wait)


def _check_range(answer: httpx.Response, part: Part, held: int) -> None:
    match = re.match(r"bytes (\d+)-", answer.headers.get("content-range", ""))
    if not held or not match or int(match[1]) != held:
        part.drop()
        raise FetchError("the server sent another stretch than was asked for", again=True)


def _retry_after(text: str, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for, 0 for none."""
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
