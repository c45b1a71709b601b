"""A download ends whole or not at all, whatever the server does."""

from __future__ import annotations

import hashlib
import shutil
import ssl
import subprocess
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.errors import FetchError
from assistant.fetching.download import Downloader, Got, Limits
from assistant.fetching.parts import Part, Validators
from assistant.reading.sniff import sniff
from tests.fetching.server import PAGE, PDF, Act, Handler, body, cut, endless, redirect, serving, slow, status

ONLY_PDF = frozenset({"pdf"})
EITHER = frozenset({"pdf", "html"})


class Desk:
    """A downloader against the local server, with the waits it made."""

    def __init__(self, folder: Path, **limits: float) -> None:
        self.part = Part(folder / "plan.part")
        self.waits: list[float] = []
        self.limits = Limits(**{"pause_seconds": 5.0, **limits})  # type: ignore[arg-type]

    def get(
        self, address: str, kinds: frozenset[str] = ONLY_PDF, known: Validators | None = None
    ) -> tuple[Got | None, bytes]:
        with Downloader("tests/1", sniff, self.limits, sleep=self.waits.append, loopback=True) as downloader:
            got = downloader.get(address, self.part, kinds, known)
        return got, self.part.path.read_bytes() if got else b""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def refusal(desk: Desk, acts: list[Act], kinds: frozenset[str] = ONLY_PDF) -> tuple[str, int]:
    """Return (the reason it fails, how often the server was asked)."""
    with serving({"/plan": acts}) as (host, seen), pytest.raises(FetchError) as caught:
        desk.get(f"{host}/plan", kinds)
    return caught.value.reason, len(seen)


def test_a_good_file_comes_whole(desk: Desk) -> None:
    with serving({"/plan": [body(PDF, '"v1"')]}) as (host, seen):
        got, data = desk.get(f"{host}/plan")
    assert data == PDF
    assert got == Got("pdf", f"{host}/plan", hashlib.sha256(PDF).hexdigest(), len(PDF), Validators('"v1"', ""))
    headers = seen[0][1]
    assert (headers["user-agent"], headers["accept-encoding"]) == ("tests/1", "identity")
    assert "cookie" not in headers and "range" not in headers


def test_a_missing_page_is_asked_for_once(desk: Desk) -> None:
    assert refusal(desk, [status(404)]) == ("the page is not there (HTTP 404)", 1)
    assert refusal(desk, [status(403)]) == ("the server refuses (HTTP 403)", 1)
    assert desk.waits == []


def test_a_server_error_is_waited_out(desk: Desk) -> None:
    with serving({"/plan": [status(500), status(503, Retry_After="7"), body(PDF)]}) as (host, seen):
        assert desk.get(f"{host}/plan")[1] == PDF
    assert (len(seen), desk.waits) == (3, [1.0, 7.0])


def test_a_server_error_that_stays_is_told(desk: Desk) -> None:
    assert refusal(desk, [status(500)]) == ("the server cannot answer (HTTP 500) (tried 4 times)", 4)
    assert desk.waits == [1.0, 2.0, 4.0]


def test_a_long_retry_after_is_not_obeyed_for_ever(desk: Desk) -> None:
    with serving({"/plan": [status(429, Retry_After="86400"), body(PDF)]}) as (host, _):
        assert desk.get(f"{host}/plan")[1] == PDF
    assert desk.waits == [60.0]


def test_a_slow_server_is_given_up(tmp_path: Path) -> None:
    desk = Desk(tmp_path, pause_seconds=0.1, tries=2)
    assert refusal(desk, [slow(PDF, 0.5)]) == ("no answer in time (tried 2 times)", 2)


def test_a_drip_that_never_pauses_ends_by_the_clock(tmp_path: Path) -> None:
    ticks = iter(range(0, 10_000, 50))
    with (
        serving({"/plan": [body(PDF * 200)]}) as (host, _),
        Downloader("t", sniff, Limits(whole_seconds=60), clock=lambda: next(ticks), loopback=True) as downloader,
        pytest.raises(FetchError, match="it took longer than 60 seconds"),
    ):
        downloader.get(f"{host}/plan", Part(tmp_path / "plan.part"), ONLY_PDF)


def test_a_cut_connection_is_gone_on_from(desk: Desk) -> None:
    with serving({"/plan": [cut(PDF, 4000, '"v1"'), body(PDF, '"v1"')]}) as (host, seen):
        assert desk.get(f"{host}/plan")[1] == PDF
    assert (seen[1][1]["range"], seen[1][1]["if-range"]) == ("bytes=4000-", '"v1"')


def test_a_later_run_goes_on_too(desk: Desk) -> None:
    desk.limits = Limits(tries=1)
    with serving({"/plan": [cut(PDF, 4000, '"v1"'), body(PDF, '"v1"')]}) as (host, seen):
        with pytest.raises(FetchError, match="the connection broke"):
            desk.get(f"{host}/plan")
        assert desk.part.path.stat().st_size == 4000
        assert desk.get(f"{host}/plan", known=Validators('"v0"'))[1] == PDF
    assert seen[1][1]["range"] == "bytes=4000-" and "if-none-match" not in seen[1][1]


def test_the_rest_of_another_version_is_never_appended(desk: Desk) -> None:
    newer = PDF.replace(b"x", b"y")
    with serving({"/plan": [cut(PDF, 4000, '"v1"'), body(newer, '"v2"')]}) as (host, _):
        assert desk.get(f"{host}/plan")[1] == newer


def test_without_a_validator_it_begins_anew(desk: Desk) -> None:
    with serving({"/plan": [cut(PDF, 4000), body(PDF)]}) as (host, seen):
        assert desk.get(f"{host}/plan")[1] == PDF
    assert "range" not in seen[1][1]


def test_a_weak_tag_does_not_serve_to_go_on(desk: Desk) -> None:
    with serving({"/plan": [cut(PDF, 4000, 'W/"v1"'), body(PDF, 'W/"v1"')]}) as (host, seen):
        assert desk.get(f"{host}/plan")[1] == PDF
    assert "range" not in seen[1][1]


def test_a_stretch_that_was_not_asked_for_is_not_taken(desk: Desk) -> None:
    def wrong(h: Handler) -> None:
        h.head(206, {"Content-Range": "bytes 0-9/9017", "Content-Length": "10", "ETag": '"v1"'})
        h.wfile.write(PDF[:10])

    with serving({"/plan": [cut(PDF, 4000, '"v1"'), wrong, body(PDF, '"v1"')]}) as (host, seen):
        assert desk.get(f"{host}/plan")[1] == PDF
    assert "range" not in seen[2][1]


def test_no_rest_begins_anew(desk: Desk) -> None:
    with serving({"/plan": [cut(PDF, 4000, '"v1"'), status(416), body(PDF, '"v1"')]}) as (host, _):
        assert desk.get(f"{host}/plan")[1] == PDF


def test_a_pdf_of_unknown_length_needs_its_end(desk: Desk) -> None:
    with serving({"/plan": [endless(PDF[:5000]), endless(PDF)]}) as (host, _):
        assert desk.get(f"{host}/plan")[1] == PDF


@pytest.mark.parametrize(
    ("data", "kinds", "reason"),
    [
        (PAGE, ONLY_PDF, "it is a web page, wanted was a PDF"),
        (b"\x89PNG\r\n" + b"\x00" * 5000, EITHER, "it is a picture, wanted was a PDF or a web page"),
        (b"Just a moment.", EITHER, "it is a text file, wanted was a PDF or a web page"),
        (b"", ONLY_PDF, "it is an empty file, wanted was a PDF"),
    ],
)
def test_a_wrong_type_is_not_kept(desk: Desk, data: bytes, kinds: frozenset[str], reason: str) -> None:
    assert refusal(desk, [body(data, **{"Content-Type": "application/pdf"})], kinds) == (reason, 1)
    assert not desk.part.path.exists()


@pytest.mark.parametrize("act", [body(PDF), endless(PDF)], ids=["said", "unsaid"])
def test_a_file_that_is_too_large_is_not_kept(tmp_path: Path, act: Act) -> None:
    desk = Desk(tmp_path, size=4096)
    reason, asked = refusal(desk, [act])
    assert (reason, asked) == ("it is larger than 0 MiB (setting largest_file)", 1)
    assert not desk.part.path.exists()


def test_redirects_are_followed(desk: Desk) -> None:
    with serving({"/plan": [redirect("/a/b")], "/a/b": [redirect("../c")], "/c": [body(PDF)]}) as (host, seen):
        got, _ = desk.get(f"{host}/plan")
    assert got is not None and got.final == f"{host}/c"
    assert [path for path, _ in seen] == ["/plan", "/a/b", "/c"]


def test_redirects_in_a_circle_and_without_end(desk: Desk) -> None:
    assert refusal(desk, [redirect("/plan")]) == ("its redirects go round in a circle", 1)
    acts = {f"/{n}": [redirect(f"/{n + 1}")] for n in range(20)}
    with serving(acts) as (host, seen), pytest.raises(FetchError, match="more than 8 redirects"):
        desk.get(f"{host}/0")
    assert len(seen) == 9


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("ftp://example.org/plan.pdf", "a redirect was refused: only https is asked, not ftp"),
        ("file:///etc/passwd", "a redirect was refused: only https is asked, not file"),
        ("https://me:secret@example.org/", "a redirect was refused: an address with a user name"),
        ("", "redirects to nowhere"),
    ],
)
def test_redirects_that_are_refused(desk: Desk, target: str, reason: str) -> None:
    said, asked = refusal(desk, [redirect(target)])
    assert reason in said and asked == 1


def test_nothing_changed(desk: Desk) -> None:
    with serving({"/plan": [body(PDF, '"v1"')]}) as (host, _):
        assert desk.get(f"{host}/plan", known=Validators('"v1"')) == (None, b"")
        assert desk.get(f"{host}/plan", known=Validators('"v0"'))[1] == PDF


def test_no_cookie_comes_back(desk: Desk) -> None:
    with serving({"/plan": [status(302, Location="/c", Set_Cookie="id=1; Path=/")], "/c": [body(PDF)]}) as (host, seen):
        desk.get(f"{host}/plan")
    assert all("cookie" not in headers for _, headers in seen)


def test_a_private_address_is_not_asked(tmp_path: Path) -> None:
    with (
        serving({"/plan": [body(PDF)]}) as (host, seen),
        Downloader("t", sniff, Limits(tries=1), find=lambda name, port: ["127.0.0.1"]) as downloader,
    ):
        for address in (host, host.replace("http:", "https:"), "https://plans.example/plan"):
            with pytest.raises(FetchError, match=r"is at 127\.0\.0\.1, which is not an address of the public network"):
                downloader.get(address, Part(tmp_path / "plan.part"), ONLY_PDF)
    assert seen == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl, which makes the certificate, is not installed")
def test_the_certificate_must_be_of_the_name_though_the_address_is_a_number(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=plans.example", "-addext", "subjectAltName=DNS:plans.example",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    told = type("Told", (Handler,), {"acts": {"/plan": [body(PDF)]}, "seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), told)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate, key)
    server.socket = own.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    trust = ssl.create_default_context(cafile=str(certificate))
    part = Part(tmp_path / "plan.part")
    with Downloader(
        "t", sniff, Limits(tries=1), find=lambda name, port: ["127.0.0.1"], tls=trust, loopback=True
    ) as downloader:
        got = downloader.get(f"https://plans.example:{server.server_port}/plan", part, ONLY_PDF)
        assert got is not None and got.size == len(PDF)
        assert told.seen[0][1]["host"] == f"plans.example:{server.server_port}"
        with pytest.raises(FetchError, match="CERTIFICATE"):
            downloader.get(f"https://other.example:{server.server_port}/plan", part, ONLY_PDF)
    server.shutdown()
    server.server_close()
