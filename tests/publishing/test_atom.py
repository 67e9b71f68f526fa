"""Feeds of changes (RFC 4287), read back by a parser that takes nothing but well-formed XML."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.declared import Tier
from generator.model.history import Change, ChangeKind, Commit, Step, Version
from generator.publishing.atom import Feeds

ATOM = "{http://www.w3.org/2005/Atom}"
TAG = "tag:registri-zi.invalid,2026"
TEN = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


def commit(position, **changes):
    """Return a commit; its id counts up."""
    plain = Commit(
        id=f"{position:040x}",
        position=position,
        author="KPPN Contoh Satu",
        email="satu@contoh.example",
        authored=TEN,
        committed=TEN + timedelta(days=position),
        message=f"Perbaikan {position}\n\nRincian",
        parents=(),
        contributors=("KPPN Contoh Satu",),
        approvals=("TPI Contoh",),
    )
    return replace(plain, **changes)


def step(made, *kinds):
    """Return what the commit did to the unit's own sheet."""
    changes = tuple(
        Change(
            kind=kind, unit="contoh/satu", year=2025, tier=Tier.MANDIRI, code="A.1", field="", before=None, after="Ya"
        )
        for kind in kinds
    )
    version = Version(commit=made, path="units/contoh/satu/2025/mandiri.yaml", blob="0" * 40)
    return Step(version=version, patch=(), changes=changes)


def made(steps, *, name="KPPN Contoh Satu", agency="Instansi Contoh", tip=None):
    """Return the feeds of one unit and its agency, parsed: address -> root element."""
    feeds, tip = Feeds(), tip or commit(99)
    files = list(feeds.unit("contoh/satu", name, steps, tip))
    feeds.agency("contoh", agency, ())
    return {path: ET.fromstring(raw) for path, raw in (*files, *feeds.rest(tip))}  # noqa: S314 - our own output


def texts(root, path):
    """Return the texts of the elements at a path."""
    names = "/".join(ATOM + name for name in path.split("/"))
    return [element.text for element in root.findall(names)]


def test_one_entry_per_commit_newest_first():
    """Commit 1 answered twice and added evidence, in two files; commit 2 changed only the looks of a file."""
    first, second, third = commit(1), commit(2), commit(3, approvals=())
    steps = [
        step(first, ChangeKind.ANSWERED, ChangeKind.ANSWERED),
        step(first, ChangeKind.EVIDENCE_ADDED),
        step(second),
        step(third, ChangeKind.ANSWER_CHANGED),
    ]
    root = made(steps)["unit/contoh/satu/atom.xml"]
    assert texts(root, "entry/title") == [
        "KPPN Contoh Satu: 1 jawaban berubah",
        "KPPN Contoh Satu: 2 dijawab, 1 bukti ditambah",
    ]
    assert texts(root, "entry/id") == [
        f"{TAG}:unit/contoh/satu/{'0' * 39}3",
        f"{TAG}:unit/contoh/satu/{'0' * 39}1",
    ]
    assert texts(root, "entry/updated") == ["2026-03-04T10:00:00Z", "2026-03-02T10:00:00Z"]
    assert texts(root, "updated") == ["2026-03-04T10:00:00Z"]
    assert texts(root, "entry/summary") == [
        "1 jawaban berubah. Pesan: Perbaikan 3. Menurut catatan Git: tanpa catatan persetujuan.",
        "2 dijawab, 1 bukti ditambah. Pesan: Perbaikan 1. Menurut catatan Git: disetujui TPI Contoh.",
    ]


def test_a_feed_for_the_unit_the_agency_and_all():
    """The same change is one entry with one id in each; links lead to the unit's page from where the feed stands."""
    roots = made([step(commit(1), ChangeKind.MONITORING)])
    assert {path: texts(root, "id") for path, root in roots.items()} == {
        "unit/contoh/satu/atom.xml": [f"{TAG}:unit/contoh/satu"],
        "unit/contoh/atom.xml": [f"{TAG}:unit/contoh"],
        "perubahan/atom.xml": [f"{TAG}:perubahan"],
    }
    assert {tuple(texts(root, "entry/id")) for root in roots.values()} == {(f"{TAG}:unit/contoh/satu/{'0' * 39}1",)}
    links = {path: root.find(f"{ATOM}entry/{ATOM}link").get("href") for path, root in roots.items()}
    assert links == {
        "unit/contoh/satu/atom.xml": "../../../unit/contoh/satu/index.html",
        "unit/contoh/atom.xml": "../../unit/contoh/satu/index.html",
        "perubahan/atom.xml": "../unit/contoh/satu/index.html",
    }


def test_fifty_at_most_by_mains_order():
    """60 commits, the newest with a clock in 1970: it is first all the same, and ten are left out."""
    steps = [step(commit(n), ChangeKind.ANSWERED) for n in range(59)]
    steps.append(step(commit(59, committed=datetime(1970, 1, 1, tzinfo=UTC)), ChangeKind.ANSWERED))
    for root in made(steps).values():
        ids = texts(root, "entry/id")
        assert [int(one[-40:], 16) for one in ids] == list(range(59, 9, -1))
        assert texts(root, "updated") == ["1970-01-01T00:00:00Z"]


def test_an_empty_feed_has_the_time_of_the_newest_commit():
    """No clock: the same history gives the same bytes on any day."""
    for root in made([], tip=commit(0)).values():
        assert texts(root, "updated") == ["2026-03-01T10:00:00Z"]
        assert root.findall(f"{ATOM}entry") == []


def test_no_address_of_a_person_is_published():
    """Names are of offices; e-mail addresses stay in Git."""
    ((_, raw),) = Feeds().unit("contoh/satu", "KPPN", [step(commit(1), ChangeKind.ANSWERED)], commit(1))
    assert b"@" not in raw


def test_an_address_inside_a_name_a_message_or_a_trailer_is_cut_out():
    """As on the history pages: whoever writes an address into a commit does not publish it."""
    mail = "orang@surat.example"
    told = commit(1, message=f"Kirim ke {mail}", contributors=(f"Kantor {mail}",), approvals=(f"TPI <{mail}>",))
    ((_, raw),) = Feeds().unit("contoh/satu", "KPPN", [step(told, ChangeKind.ANSWERED)], told)
    assert b"surat.example" not in raw
    assert raw.count(b"(alamat surel)") >= 3


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x0b\x1b\r\n\x85\u2028\ufffe\uffff\ud800\udfff<>&\"']"))
) | st.sampled_from(["]]></title><entry>", "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;", "<b>x</b>", "-->", "\x0b"])


@given(texts_given=st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE))
@settings(derandomize=True, deadline=None)
def test_any_text_is_text(texts_given):
    """Whatever names and messages hold, the feed is well-formed, with the elements it has for plain words."""
    name, agency, message, author, approval = texts_given
    hostile = commit(1, message=message, contributors=(author, "KPPN"), approvals=(approval,))
    for root in made([step(hostile, ChangeKind.ANSWERED)], name=name, agency=agency).values():
        (entry,) = root.findall(f"{ATOM}entry")
        tags = [element.tag.removeprefix(ATOM) for element in entry]
        assert tags == ["id", "title", "updated", *["author"] * (1 + bool(author.strip())), "link", "summary"]
        assert [element.tag.removeprefix(ATOM) for element in root] == [
            *("id", "title", "updated", "author", "link", "link", "entry")
        ]
        assert all(not list(element) for element in entry.iter() if element.tag in {f"{ATOM}title", f"{ATOM}summary"})
        assert entry.find(f"{ATOM}title").text.endswith(": 1 dijawab")
