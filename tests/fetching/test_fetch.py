"""What is in the folder afterwards: the plan, the lock file, changed files, landing pages, and the command itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import FetchError, SettingsError
from assistant.fetching.download import Downloader, Limits
from assistant.fetching.fetch import Result, checksum_of, fetch
from assistant.fetching.landing import document_of, words_of
from assistant.fetching.lock import alone, read_lock
from assistant.fetching.places import check_address, first_address, is_public, places_of
from assistant.fetching.plan import Wanted, choose, make_steps
from assistant.reading.sniff import sniff
from tests.cli.test_batch import run
from tests.fetching.server import PAGE, PDF, body, cut, serving, status

NEWER = PDF.replace(b"x", b"y")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Shelf:
    """A corpus folder with its `official` folder, and fetches into it from the local server."""

    def __init__(self, corpus: Path) -> None:
        self.corpus, self.folder = corpus, corpus / "official"

    def fetch(self, *wanted: Wanted, day: str = "2026-11-25", tries: int = 1) -> list[Result]:
        steps = make_steps(wanted, read_lock(self.folder), checksum_of(self.corpus))
        limits = Limits(tries=tries, pause_seconds=5)
        with Downloader("t", sniff, limits, sleep=lambda seconds: None, loopback=True) as downloader:
            return list(fetch(steps, self.corpus, self.folder, downloader, lambda: date.fromisoformat(day)))

    def files(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in self.folder.iterdir() if p.is_file() and p.name != "lock.json"}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def wanted(host: str, name: str = "ee-plan", file: str = "official/ee-plan.pdf", path: str = "/plan") -> Wanted:
    return Wanted(name, "Plan", file, host + path, "national-strategy", ("EE",))


def test_new_then_unchanged_then_changed(shelf: Shelf) -> None:
    with serving({"/plan": [body(PDF, '"v1"'), body(PDF, '"v1"'), body(NEWER, '"v2"')]}) as (host, seen):
        first = shelf.fetch(wanted(host), day="2026-11-01")
        assert first == [Result("ee-plan", "new", "official/ee-plan.pdf", sha256(PDF), "", len(PDF))]
        again = shelf.fetch(wanted(host), day="2026-11-02")
        assert (again[0].outcome, seen[1][1]["if-none-match"]) == ("unchanged", '"v1"')
        entry = read_lock(shelf.folder)["ee-plan"]
        assert (entry.fetched, entry.checked, entry.sha256) == ("2026-11-01", "2026-11-02", sha256(PDF))
        changed = shelf.fetch(wanted(host), day="2026-11-03")
    assert changed == [Result("ee-plan", "changed", "official/ee-plan.pdf", sha256(NEWER), sha256(PDF), len(NEWER))]
    assert shelf.files() == {"ee-plan.pdf": NEWER}
    entry = read_lock(shelf.folder)["ee-plan"]
    assert (entry.fetched, entry.replaced, entry.etag) == ("2026-11-03", sha256(PDF), '"v2"')
    assert list((shelf.folder / ".parts").iterdir()) == [shelf.folder / ".parts" / "busy"]


def test_last_modified_serves_where_there_is_no_tag(shelf: Shelf) -> None:
    when = "Mon, 03 Nov 2025 10:00:00 GMT"
    with serving({"/plan": [body(PDF, **{"Last-Modified": when}), status(304)]}) as (host, seen):
        shelf.fetch(wanted(host))
        assert read_lock(shelf.folder)["ee-plan"].last_modified == when
        assert [r.outcome for r in shelf.fetch(wanted(host))] == ["unchanged"]
    assert seen[1][1]["if-modified-since"] == when


def test_the_same_bytes_without_any_tag_are_unchanged(shelf: Shelf) -> None:
    with serving({"/plan": [body(PDF)]}) as (host, _):
        shelf.fetch(wanted(host))
        assert [r.outcome for r in shelf.fetch(wanted(host))] == ["unchanged"]


def test_a_failure_is_told_and_leaves_what_was_there(shelf: Shelf) -> None:
    acts = {"/plan": [body(PDF, '"v1"'), cut(NEWER, 4000)], "/other": [body(PDF)]}
    with serving(acts) as (host, _):
        shelf.fetch(wanted(host))
        failed, other = shelf.fetch(wanted(host), wanted(host, "other", "official/other.pdf", "/other"))
    assert (failed.outcome, failed.file) == ("failed", "official/ee-plan.pdf")
    assert failed.reason.startswith("the connection broke")
    assert other.outcome == "new"
    assert shelf.files() == {"ee-plan.pdf": PDF, "other.pdf": PDF}


def test_a_file_of_somebody_else_is_left_alone(shelf: Shelf) -> None:
    shelf.folder.mkdir()
    (shelf.folder / "ee-plan.pdf").write_bytes(b"%PDF-1.7 by hand")
    with serving({"/plan": [body(PDF)]}) as (host, seen):
        assert [r.outcome for r in shelf.fetch(wanted(host))] == ["kept"]
        (shelf.folder / "ee-plan.pdf").unlink()
        assert [r.outcome for r in shelf.fetch(wanted(host))] == ["new"]
        (shelf.folder / "ee-plan.pdf").write_bytes(PDF + b"with notes")
        assert [r.outcome for r in shelf.fetch(wanted(host))] == ["kept"]
    assert len(seen) == 1


def test_a_kill_between_lock_and_file_is_made_good(shelf: Shelf) -> None:
    with serving({"/plan": [body(PDF, '"v1"'), body(NEWER, '"v2"')]}) as (host, seen):
        shelf.fetch(wanted(host))
        shelf.fetch(wanted(host))
        (shelf.folder / "ee-plan.pdf").write_bytes(PDF)  # as if the new file had not been put in its place
        assert [r.outcome for r in shelf.fetch(wanted(host))] == ["changed"]
        assert "if-none-match" not in seen[2][1]
        assert shelf.files() == {"ee-plan.pdf": NEWER}
        (shelf.folder / "ee-plan.html").write_bytes(PDF)  # as if the old file had not been taken away
        assert [r.outcome for r in shelf.fetch(wanted(host))] == ["unchanged"]
        assert shelf.files() == {"ee-plan.pdf": NEWER}


def test_a_landing_page_gives_way_to_its_document(shelf: Shelf) -> None:
    page = PAGE.replace(b"<title>", b'<meta name="citation_pdf_url" content="/files/plan.pdf"><title>')
    acts = {"/record": [body(page)], "/files/plan.pdf": [body(PDF, '"d1"')]}
    with serving(acts) as (host, seen):
        item = wanted(host, file="official/ee-plan.html", path="/record")
        assert [(r.outcome, r.file) for r in shelf.fetch(item)] == [("new", "official/ee-plan.pdf")]
        assert [r.outcome for r in shelf.fetch(item)] == ["unchanged"]
        assert [path for path, _ in seen] == ["/record", "/files/plan.pdf"] * 2
        assert seen[3][1]["if-none-match"] == '"d1"' and "if-none-match" not in seen[2][1]
    assert shelf.files() == {"ee-plan.pdf": PDF}


def test_a_page_is_kept_where_its_document_fails_and_replaced_when_it_comes(shelf: Shelf) -> None:
    page = PAGE.replace(b"<title>", b'<link rel="item" type="application/pdf" href="plan.pdf"><title>')
    with serving({"/record": [body(page)], "/plan.pdf": [status(404), body(PDF), status(404)]}) as (host, _):
        item = wanted(host, file="official/ee-plan.html", path="/record")
        first = shelf.fetch(item)[0]
        assert (first.outcome, first.file) == ("new", "official/ee-plan.html")
        assert first.note == "the page is kept, since the PDF it names failed: the page is not there (HTTP 404)"
        assert [(r.outcome, r.file) for r in shelf.fetch(item)] == [("changed", "official/ee-plan.pdf")]
        assert [r.outcome for r in shelf.fetch(item)] == ["failed"]
    assert shelf.files() == {"ee-plan.pdf": PDF}


def test_a_page_changes_with_its_words_alone(shelf: Shelf) -> None:
    token = PAGE.replace(b"<body>", b'<body data-token="7"><script>var visit = 9;</script>')
    with serving({"/page": [body(PAGE), body(token), body(PAGE.replace(b"2021", b"2024"))]}) as (host, _):
        item = wanted(host, file="official/ee-plan.html", path="/page")
        assert [shelf.fetch(item)[0].outcome for _ in range(3)] == ["new", "unchanged", "changed"]


def test_another_version_than_the_catalogue_has_is_told(shelf: Shelf) -> None:
    with serving({"/plan": [body(PDF)]}) as (host, _):
        item = Wanted("ee-plan", "Plan", "official/ee-plan.pdf", f"{host}/plan", sha256="0" * 64)
        assert shelf.fetch(item)[0].note == "it is not the version whose SHA-256 the catalogue has"


def test_one_fetch_at_a_time(shelf: Shelf) -> None:
    with alone(shelf.folder), pytest.raises(FetchError, match="another fetch"):
        shelf.fetch(Wanted("a", "A", "official/a.pdf", ""))


def test_a_damaged_lock_file_is_named(shelf: Shelf) -> None:
    shelf.folder.mkdir()
    (shelf.folder / "lock.json").write_text("{")
    with pytest.raises(FetchError, match=r"lock\.json cannot be read"):
        read_lock(shelf.folder)


def test_choosing() -> None:
    all_of_them = [
        Wanted("a", "A", "official/a.pdf", "x", "framework"),
        Wanted("b", "B", "official/b.pdf", "x", "framework", ("EE", "FI")),
        Wanted("c", "C", "official/c.pdf", "x", "other", ("FI",)),
    ]
    assert [w.id for w in choose(all_of_them)] == ["a", "b", "c"]
    assert [w.id for w in choose(all_of_them, countries=["FI"])] == ["b", "c"]
    assert [w.id for w in choose(all_of_them, kinds=["framework"], countries=["FI"])] == ["b"]
    assert [w.id for w in choose(all_of_them, ids=["a", "c"])] == ["a", "c"]
    with pytest.raises(SettingsError, match="'z'"):
        choose(all_of_them, ids=["z"])


@pytest.mark.parametrize(
    "place",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::a00:1",
     "2002:7f00:1::", "nonsense"],
)  # fmt: skip
def test_own_networks_are_not_public(place: str) -> None:
    assert not is_public(place)


@pytest.mark.parametrize("place", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(place: str) -> None:
    assert is_public(place)


def test_a_name_with_one_private_address_is_refused() -> None:
    with pytest.raises(FetchError, match=r"plans\.example is at 10\.0\.0\.7"):
        places_of("plans.example", 443, lambda host, port: ["8.8.8.8", "10.0.0.7"])
    assert places_of("plans.example", 443, lambda host, port: ["8.8.8.8"]) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "address",
    ["http://example.org/", "https://localhost/", "https://a.localhost./", "https://printer.local/", "https:///x",
     "https://me@example.org/", "https://example.org:port/", "data:text/html,x"],
)  # fmt: skip
def test_addresses_that_are_not_asked(address: str) -> None:
    with pytest.raises(FetchError):
        check_address(address)


def test_an_http_address_of_the_catalogue_is_asked_over_https() -> None:
    assert first_address("http://genom.si") == "https://genom.si"
    assert check_address("https://genom.si") == ("genom.si", 443)


def test_what_a_landing_page_names() -> None:
    def named(head: str, header: str = "") -> str:
        return document_of(f"<html><head>{head}</head></html>".encode(), "https://a.example/r/1", header)

    assert named('<meta name="citation_pdf_url" content="f.pdf">') == "https://a.example/r/f.pdf"
    assert named("", '<f.pdf>; rel="item"; type="application/pdf"') == "https://a.example/r/f.pdf"
    assert named("", '<a>; rel="author", </f>; type="application/pdf" ; rel=item') == "https://a.example/f"
    assert named("", '<f.csv>; rel="item"; type="text/csv"') == ""
    assert named('<link rel="stylesheet" type="application/pdf" href="f">') == ""
    assert named('<meta name="citation_pdf_url" content="a"><meta name="citation_pdf_url" content="b">') == ""
    assert words_of(b"<p>a  b</p><style>x</style>") == words_of(b"<div>a <b>b</b></div>") != words_of(b"a c")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Path]:
    entries = [
        'id = "ee-plan"\ntitle = "Plan"\nkind = "national-strategy"\ncountries = ["EE"]\nofficial = true\n'
        'file = "official/ee-plan.pdf"\naddress = "https://localhost/plan.pdf"\nverified = true\n',
        'id = "fi-plan"\ntitle = "Plan"\nkind = "framework"\ncountries = ["FI"]\nofficial = true\n'
        'file = "official/fi-plan.pdf"\n',
        'id = "digest"\ntitle = "Digest"\nkind = "other"\nfile = "documents/digest.pdf"\n',
    ]
    text = "\n".join(f"[[document]]\n{entry}" for entry in entries)
    (tmp_path / "catalogue.toml").write_text(text, encoding="utf-8")
    yield tmp_path


def test_the_command_says_what_it_would_do(catalogue: Path) -> None:
    done = run("fetch", "--corpus", str(catalogue), "--dry-run")
    assert done.stdout.splitlines() == [
        "ee-plan: would fetch https://localhost/plan.pdf",
        "fi-plan: no address is known",
        "2 official publications, 1 to ask for; nothing was asked",
    ]
    assert (done.returncode, (catalogue / "official").exists()) == (0, False)
    steps = json.loads(run("fetch", "--corpus", str(catalogue), "--dry-run", "--json", "--country", "FI").stdout)
    assert [step["id"] for step in steps["steps"]] == ["fi-plan"]


def test_the_command_reaches_no_own_network_and_exits_with_1(catalogue: Path) -> None:
    done = run("fetch", "--corpus", str(catalogue))
    assert done.returncode == 1
    assert "ee-plan: failed: localhost is a name of the own network" in done.stdout
    assert "no address is known: fi-plan" in done.stdout
    assert done.stdout.endswith("0 new, 0 changed, 0 unchanged, 1 failed\n")
    assert run("fetch", "--corpus", str(catalogue), "--id", "fi-plan").returncode == 1
    assert run("fetch", "--corpus", str(catalogue), "--kind", "framework").returncode == 0
    unknown = run("fetch", "--corpus", str(catalogue), "--id", "nowhere")
    assert (unknown.returncode, "nowhere" in unknown.stderr) == (2, True)
