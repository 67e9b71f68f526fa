"""Tags on /versi/: what changed from one to the next, by position on main, whatever clocks and names say."""

import re
from html import unescape

import pytest

from generator.publishing.happenings import happenings
from generator.publishing.versions import Versions
from generator.reading.history import open_past
from generator.reading.tags import tags
from generator.registry import load_catalogue
from generator.registry.unit_past import Memory

UNIT = "units/a/b"
CODE = "A.I.1.i.a"  # Tidak is worth nothing, Ya less than a point of the 100


def sheet(answer, year=2025):
    """The unit's own sheet of a year, with one answer."""
    return {"instrumen": "permenpanrb-90-2021", "tahun": year, "jawaban": {CODE: {"jawab": answer}}}


def found(root, units=("a/b",), named=None):
    """What /versi/ shows of a repository."""
    catalogue = load_catalogue()
    with open_past(root) as past:
        memory = Memory(past, catalogue, tags=tags(root) if named is None else named)
        versions = Versions(memory.tags, memory.commits)
        for unit in units:
            one = memory.unit(unit)
            versions.take(f"Unit {unit}", f"unit/{unit}/riwayat/index.html", happenings(one.steps, one.points))
        agency = happenings(memory.agency("a"))
        versions.take("Instansi A", "perubahan/a/index.html", agency)
    return versions.page()


def words(html):
    """The text of some HTML, spaces made one."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html))).strip()


def section(html, anchor):
    """The text of the section with the anchor."""
    (body,) = re.findall(rf'<section><h2 id="{re.escape(anchor)}">(.*?)</section>', html, re.DOTALL)
    return words(body)


@pytest.fixture
def told(repository):
    """Founded and answered Tidak: tag 2024; then Ya, tags a and b; then a sheet of 2026; a tag beside main."""
    repository.commit({"units/a/instansi.yaml": {"nama": "A", "jenis": "lembaga"}, f"{UNIT}/unit.yaml": {"nama": "B"}})
    repository.commit({f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    repository.git("tag", "-a", "2024", "-m", "Keadaan akhir 2024\n\nUntuk <inspektorat@contoh.example>.")
    repository.commit({f"{UNIT}/2025/mandiri.yaml": sheet("Ya")})
    repository.git("tag", "b")
    repository.git("tag", "a")
    repository.git("checkout", "-q", "-b", "usulan")
    repository.commit({f"{UNIT}/2025/tpi.yaml": sheet("Tidak")})
    repository.git("tag", "usulan-1")
    repository.git("checkout", "-q", "main")
    repository.commit({f"{UNIT}/2026/mandiri.yaml": sheet("Ya", 2026)})
    return repository


def test_newest_first_and_what_lies_between(told):
    """Counts per unit and kind, totals old → new; the agency's own file counts up to the first tag."""
    html = found(told.root)
    anchors = re.findall(r'<h2 id="([^"]*)">', html)
    assert anchors == ["sejak-versi-terakhir", "v-b", "v-a", "v-2024", "di-luar-main"]
    first = section(html, "v-2024")
    assert "Sejak awal registri" in first
    assert "Unit a/b 1 jawaban pertama" in first
    assert "total Mandiri 2025 belum ada → 0,00" in first
    assert "Instansi A" in first
    second = section(html, "v-a")
    assert "Sejak 2024 : 1 perubahan makna pada 1 unit atau instansi" in second
    assert "1 perubahan jawaban" in second
    assert re.search(r"total Mandiri 2025 0,00 → 0,[1-9]", second)
    assert "Instansi A" not in second
    latest = section(html, "sejak-versi-terakhir")
    assert "Sejak b :" in latest
    assert "total Mandiri 2026 belum ada → 0," in latest


def test_two_tags_of_one_commit(told):
    """By name; between them nothing changed."""
    assert "Tidak ada perubahan makna sejak a ." in section(found(told.root), "v-b")


def test_a_tag_beside_main_is_only_listed(told):
    """No comparison is made up; the proposal it names changes no figure of main."""
    html = found(told.root)
    beside = section(html, "di-luar-main")
    assert "usulan-1" in beside
    assert "tidak dibandingkan" in beside
    assert "TPI 2025" not in words(html)


def test_commit_day_and_message(told):
    """The first line and the rest; no e-mail address."""
    first = section(found(told.root), "v-2024")
    commit = told.git("rev-parse", "2024^{commit}")[:12]
    assert f"Commit {commit} , 3 Januari 2025 menurut catatan Git." in first
    assert "Keadaan akhir 2024 Untuk (alamat surel)." in first


def test_a_total_that_went_and_came_back_has_not_moved(repository):
    """Tidak, Ya, Tidak between two tags: three changes of the answer's text, no other total."""
    repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    repository.git("tag", "1")
    repository.commit({f"{UNIT}/2025/mandiri.yaml": sheet("Ya")})
    repository.commit({f"{UNIT}/2025/mandiri.yaml": sheet("Tidak")})
    repository.git("tag", "2")
    between = section(found(repository.root), "v-2")
    assert "2 perubahan jawaban" in between
    assert "total" not in between


def test_a_unit_that_moved_twice_between_two_versions_is_one(repository):
    """Told as moved, by its name of today; no answer is new, none is gone, no total is another."""
    repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}, f"{UNIT}/2025/mandiri.yaml": sheet("Ya")})
    repository.git("tag", "1")
    for before, after in (("a/b", "a/c"), ("a/c", "a/d")):
        (repository.root / "units" / before).rename(repository.root / "units" / after)
        repository.commit({f"units/{after}/unit.yaml": {"nama": "B", "asal": before}})
    repository.git("tag", "2")
    between = section(found(repository.root, units=("a/d",)), "v-2")
    assert "pada 1 unit atau instansi" in between
    assert "Unit a/d" in between
    assert "jawaban" not in between
    assert "total" not in between


def test_units_that_are_gone_are_told(repository):
    """What was taken out is a change too; a unit that moved is told under its new id alone."""
    repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}, "units/a/c/unit.yaml": {"nama": "C"}})
    repository.git("tag", "1")
    repository.git("mv", UNIT, "units/a/d")
    repository.commit({"units/a/c/unit.yaml": None, "units/a/d/unit.yaml": {"nama": "B", "asal": "a/b"}})
    repository.git("tag", "2")
    with open_past(repository.root) as past:
        assert Memory(past, load_catalogue()).gone == ("a/c",)
    html = found(repository.root, units=["a/d", "a/c"])
    assert "Unit a/c 1 data unit" in section(html, "v-2")
    assert "perpindahan" in section(html, "v-2")


def test_no_tags(repository):
    """Said plainly, with how one is made."""
    repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}})
    text = words(found(repository.root))
    assert text.startswith("Registri ini belum mempunyai versi.")
    assert 'git tag -a 2026-12 -m "Keadaan akhir 2026"' in text


def test_no_history():
    """A folder without Git has no versions and says why."""
    assert "tanpa riwayat Git" in Versions((), ()).page()


def test_hostile_names_and_messages_are_words(repository):
    """No element, no second address of the same name, whatever a tag is called."""
    repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}})
    for name in ("<script>x</script>", "a/b", "a-b", "\u202eterbalik", "'\"onclick=x"):
        repository.git("update-ref", f"refs/tags/{name}", "HEAD")
    repository.git("tag", "-a", "pesan", "-m", "</p><img src=x onerror=x>\n\n\x1b[31m")
    html = found(repository.root)
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert not re.search(r"<(?:script|img)|\u202e|\x1b", html)
    anchors = re.findall(r' id="([^"]*)"', html)
    assert len(anchors) == len(set(anchors))
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", anchor) for anchor in anchors)


def test_same_input_same_bytes(told):
    """The order in which Git names the tags has no say; neither has the clone's path."""
    plain = found(told.root)
    assert found(told.root, named=tuple(reversed(tags(told.root)))) == plain
    told.git("clone", "-q", "--mirror", ".", "lain/.git")
    told.git("--git-dir=lain/.git", "config", "core.bare", "false")
    assert found(told.root / "lain") == plain


def test_a_large_registry_stays_a_page(repository):
    """Of more than 300 units the rest is counted."""
    repository.commit({f"{UNIT}/unit.yaml": {"nama": "B"}})
    repository.git("tag", "1")
    html = found(repository.root, units=["a/b"] * 1_302)
    assert html.count("<tr>") == 301
    assert "Dan 1.002 yang lain" in html
