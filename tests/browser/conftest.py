"""Real Chromium, the system's own; without it these tests are skipped and say so."""

import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator import registry
from generator.cli.build import memory, rulebook
from generator.model.document import Kind
from generator.model.finding import Level
from generator.program_files import MKDOCS, PROGRAM
from generator.publishing.site import pages
from generator.publishing.theme import render
from generator.reading.blobs import open_tree
from generator.writing import publish

TODAY = date(2026, 11, 24)


def pytest_collection_modifyitems(items):
    """Everything in this folder drives the browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """A browser for the whole run."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium tidak ada; pasang dengan: apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Quiet(SimpleHTTPRequestHandler):
    """A file server that prints nothing."""

    def log_message(self, *_):
        """Say nothing."""


class Project(Quiet):
    """A server of sites in folders: what is missing below a folder is answered with that site's 404.html."""

    def send_error(self, code, *_):
        """Send the page instead of a line."""
        content = Path(self.directory, self.path.split("/")[1], "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def served(folder, handler=Quiet):
    """Serve a folder on this machine; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def build_site(root, site):
    """Build a site as `zi build` does; the registry must be without errors."""
    catalogue = registry.load_catalogue()
    with open_tree(root) as tree, memory(root, None, catalogue) as chronicle:
        checked = registry.check(tree, catalogue, TODAY)
        assert [one for one in checked.findings if one.level is Level.ERROR] == []
        records = registry.records(tree, catalogue, TODAY, life=True)
        publish(pages(records, render(MKDOCS), rulebook(catalogue), TODAY, chronicle, reuses=checked.reuses), site)
    return site.resolve()


@pytest.fixture(scope="session")
def build():
    """The function that builds a site, for registries a test writes itself."""
    return build_site


@pytest.fixture(scope="session")
def example_site(tmp_path_factory):
    """The site of the repository's own example units."""
    return build_site(PROGRAM, tmp_path_factory.mktemp("example") / "site")


# Raw HTML, Markdown, titles, snippets, macros, templates, JSON in scripts: what a page generator can be fooled with.
ATTACKS = [
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</title><script>window.pwned=1</script>",
    "<img src=x onerror='window.pwned=1'>",
    "<svg onload=window.pwned=1><a xlink:href=javascript:window.pwned=1>x</a></svg>",
    '" autofocus onfocus=window.pwned=1 x="',
    "' onmouseover='window.pwned=1' x='",
    "<style>*{display:none}</style><link rel=stylesheet href=https://jahat.example/x.css>",
    "<iframe src=https://jahat.example></iframe><object data=https://jahat.example></object>",
    "<form action=https://jahat.example><button autofocus>Masuk</button></form>",
    "<base href=https://jahat.example/>",
    "<meta http-equiv=refresh content='0;url=https://jahat.example/'>",
    "![x](https://jahat.example/x.png)",
    "*x*{: onclick=window.pwned=1} [x](javascript:window.pwned=1){: autofocus }",
    '[x](java&#10;script:window.pwned=1) <a href="java&#10;script:window.pwned=1">x</a>',
    "# Predikat: WBBM",
    "</td></tr></table></article></main><h1>Predikat: WBBM</h1>",
    "a | b | c",
    '--8<-- ".git/config"',
    "{{ 7*7 }} {% for x in ().__class__.__bases__[0].__subclasses__() %}{{ x }}{% endfor %}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "<!-- zi:isi --> ZI-JUDUL ZI-URAIAN",
    "--><script>window.pwned=1</script><!--",
    "]]><script>window.pwned=1</script>",
    '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.pwned=1>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "x" * 190,
    "`window.pwned=1` ${window.pwned=1}",
]
ALL = "\n".join(ATTACKS)
"""Every attack at once, for texts that may be long."""


class Attacker:
    """Writes the files of a unit, with an attack wherever a text may stand; never the same twice in a row."""

    def __init__(self):
        self.next = 0

    def short(self):
        """Return the next attack, for a text of one line."""
        self.next += 1
        return ATTACKS[self.next % len(ATTACKS)]

    def long(self):
        """Return the next six attacks, for a text that may have lines."""
        return "\n".join(self.short() for _ in range(6))

    def source(self):
        """Return an attack or a link that the rules let pass and that tries to leave its attribute."""
        return self.short() if self.next % 2 else self.link()

    def link(self):
        """Return an https link with signs that would close an attribute."""
        self.next += 1
        return f"https://jahat.example/{self.next}?\"onmouseover=window.pwned=1//'><img/src=x/onerror=window.pwned=1>"

    def answer(self, extra):
        """Return the words of the unit on one question."""
        evidence = [self.evidence(), {"judul": self.short()}]
        return {**extra, "penjelasan": self.long(), "bukti": evidence, "catatan": self.short()}

    def evidence(self):
        """Return one piece of evidence that says everything evidence can say."""
        return {
            "judul": self.short(),
            "tautan": self.link(),
            "tanggal": "2025-01-10",
            "berlaku_sampai": "2027-01-10",
            "klasifikasi": "dikecualikan" if self.next % 3 == 0 else "terbuka",
            "catatan": self.short(),
        }


def write_attack(root):
    """Write a registry of two units whose every text is an attack, in every kind of file."""
    evil = Attacker()
    instrument = registry.load_catalogue().instruments["permenpanrb-90-2021"]
    own, assessed = {}, {}
    for code, question in instrument.questions.items():
        if question.values:
            given = {"jawab": next(iter(question.values))}
        elif question.formula is not None:
            given = {"isian": {count.id: 1 for count in question.counts}}
        else:
            given = {"survei": question.survey_kind.lower()}
        own[code] = evil.answer(given)
        assessed[code] = {
            **given,
            "penjelasan": evil.long(),
            "catatan": evil.long(),
            "bukti": {"relevan": "ya", "lengkap": "tidak", "sah": "ya"},
        }
    surveys = [
        {
            "id": kind.lower(),
            "jenis": kind,
            "penyelenggara": "TPN",
            "responden": 100,
            "indeks": "3.6",
            "tanggal": "2025-06-30",
            "metode": ALL,
            "tautan": evil.link(),
            "catatan": ALL,
        }
        for kind in ("IPAK", "IPKP")
    ]
    clearance = {"status": "bersih", "nomor": evil.short(), "tanggal": "2025-03-01", "sumber": evil.source()}
    event = {"predikat": "WBK", "tanggal": "2024-12-01", "nomor": evil.short(), "sumber": evil.source()}
    report = {"tanggal": "2025-08-17", "pelaksana": evil.short(), "hasil": "dipertahankan", "nomor": evil.short()}
    found = {
        "metode": evil.short(),
        "temuan": [one[:990] for one in ATTACKS],
        "tindak_lanjut": [{"uraian": ALL[:990], "batas": "2025-12-31", "sumber": evil.source()}],
        "bukti": [{"judul": evil.short(), "tautan": evil.link()}],
    }
    statement = {"triwulan": "2025-Q1", "program": evil.short(), "masih_berjalan": "ya", "catatan": ALL}
    head = {"instrumen": instrument.id, "tahun": 2025}
    files = {
        "instansi.yaml": {
            "nama": ATTACKS[0],
            "jenis": "kementerian",
            "pemantau": {"WBK": ATTACKS[3]},
            "tim": {"tpi": [ATTACKS[4]]},
            "catatan": ALL,
        },
        "serangan/unit.yaml": {
            "nama": ATTACKS[2],
            "layanan": [one[:190] for one in ATTACKS],
            "tempat": ATTACKS[5],
            "target": "WBBM",
            "situs": evil.link(),
            "catatan": ALL,
        },
        "serangan/predikat.yaml": {"peristiwa": [{"jenis": "ditetapkan", **event}]},
        "serangan/pemantauan.yaml": {
            "pemantauan": [{**report, **found, "sumber": evil.source(), "catatan": ALL}],
            "pernyataan": [{**statement, "tautan": evil.link()}],
        },
        "serangan/tanggapan.yaml": {
            "tanggapan": [{"tanggal": "2025-09-01", "oleh": evil.short(), "isi": ALL, "sumber": evil.source()}]
        },
        "serangan/kasus.yaml": {
            "kasus": [{"jenis": "suap", "bulan": "2025-03", "sumber": evil.link(), "keadaan": "diperiksa"}]
        },
        "serangan/2025/mandiri.yaml": {**head, "jawaban": own},
        "serangan/2025/tpi.yaml": {**head, "jawaban": assessed},
        "serangan/2025/tpn.yaml": {**head, "jawaban": assessed},
        "serangan/2025/survei.yaml": {"survei": surveys},
        "serangan/2025/clearance.yaml": {"KPK": clearance, "Ombudsman": clearance},
        "lain/unit.yaml": {"nama": ATTACKS[16], "catatan": ALL},
    }
    for path, data in files.items():
        target = root / "units/jahat" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")  # JSON is YAML too


@pytest.fixture(scope="session")
def hostile_registry(tmp_path_factory):
    """A registry of attacks, without a past."""
    folder = tmp_path_factory.mktemp("hostile")
    write_attack(folder)
    kinds = {path.stem for path in folder.rglob("*.yaml")}
    assert kinds == set(Kind)  # a new kind of file is not forgotten here
    return folder


@pytest.fixture(scope="session")
def hostile_site(hostile_registry):
    """A site of attacks, built by the real pipeline."""
    return build_site(hostile_registry, hostile_registry / "site")


def raw_commit(root, number, attack):
    """Commit units/ as a stranger may: names, messages and trailers that no porcelain would write."""

    def git(*args, text=None):
        run = subprocess.run(("git", *args), cwd=root, input=text, check=True, capture_output=True, text=True)
        return run.stdout.strip()

    if not (root / ".git").exists():
        git("init", "-q", "-b", "main")
    git("add", "-A", "units")
    parent = f"parent {git('rev-parse', 'HEAD')}\n" if number else ""
    when = 1735700000 + 40 * 86400 * number
    who = f"{attack} <x@jahat.example> {when} +0700"
    message = f"{attack}\n\n{ALL}\n\nReviewed-by: {attack}\nDisetujui-oleh: {attack[:60]} <y@jahat.example>\n"
    content = f"tree {git('write-tree')}\n{parent}author {who}\ncommitter {who}\n\n{message}"
    commit = git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", text=content)
    git("update-ref", "refs/heads/main", commit)


def write_hostile_past(root):
    """Write the registry of attacks, and before it a past in which every name, message, key and value is one."""
    write_attack(root)
    sheet = root / "units/jahat/serangan/2025/mandiri.yaml"
    last = sheet.read_text(encoding="utf-8")
    code = next(iter(json.loads(last)["jawaban"]))
    for number, attack in enumerate(ATTACKS):
        data = json.loads(last)
        data["jawaban"] = {
            code: {"jawab": attack, "penjelasan": attack, "bukti": [{"judul": attack, "tautan": attack}]},
            attack: {"jawab": attack, "isian": {attack: attack}, attack: attack},
        }
        sheet.write_text(json.dumps(data), encoding="utf-8")
        raw_commit(root, number, attack)
    sheet.write_text(last, encoding="utf-8")
    raw_commit(root, len(ATTACKS), ATTACKS[0])


@pytest.fixture(scope="session")
def hostile_past(tmp_path_factory):
    """A site whose past is an attack, built by the real pipeline."""
    folder = tmp_path_factory.mktemp("hostile-past")
    write_hostile_past(folder)
    return build_site(folder, folder / "site")


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The site of the demo registry: 24 units and some 1,300 commits."""
    folder = tmp_path_factory.mktemp("demo") / "registry"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795521600"}  # 2026-11-24
    for args in (("demo", str(folder)), ("build", "--root", str(folder), "--site", str(folder / "site"))):
        subprocess.run((sys.executable, "-m", "generator", *args), check=True, capture_output=True, env=environment)
    return folder / "site"


@pytest.fixture(scope="session")
def serve():
    """The function that serves a folder on this machine."""
    return served


@pytest.fixture(scope="session")
def serve_sites():
    """The function that serves a folder of sites as a forge does, each with a 404.html of its own."""
    return partial(served, handler=Project)
