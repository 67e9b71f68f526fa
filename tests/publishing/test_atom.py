"""Feeds of changes (RFC 4287), read back by a parser that takes nothing but well-formed XML."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.declared import Tier
from generator.model.history import Change, ChangeKind, Commit, Step, Version
from generator.publishing.atom import Feeds, tag

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
    return plain._replace(**changes)


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


def made(steps, *, name="KPPN Contoh Satu", agency="Instansi Contoh", tip=None, site="", own=()):
    """Return the feeds of one unit and its agency, parsed: address -> root element."""
    feeds, tip = Feeds(site=site), tip or commit(99)
    unit = "unit/contoh/satu/atom.xml", feeds.unit("contoh/satu", name, steps, tip)
    feeds.agency("contoh", agency, own)
    return {path: ET.fromstring(raw) for path, raw in (unit, *feeds.rest(tip))}  # noqa: S314 - our own output


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
        "KPPN Contoh Satu: 1 perubahan jawaban",
        "KPPN Contoh Satu: 2 jawaban pertama, 1 bukti ditambah",
    ]
    assert texts(root, "entry/id") == [
        f"{TAG}:unit/contoh/satu/{'0' * 39}3",
        f"{TAG}:unit/contoh/satu/{'0' * 39}1",
    ]
    assert texts(root, "entry/updated") == ["2026-03-04T10:00:00Z", "2026-03-02T10:00:00Z"]
    assert texts(root, "updated") == ["2026-03-04T10:00:00Z"]
    assert texts(root, "entry/summary") == [
        "1 perubahan jawaban. Pesan: Perbaikan 3. Menurut catatan Git: tanpa catatan persetujuan.",
        "2 jawaban pertama, 1 bukti ditambah. Pesan: Perbaikan 1. Menurut catatan Git: disetujui TPI Contoh.",
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
        "unit/contoh/satu/atom.xml": f"../../../unit/contoh/satu/riwayat/index.html#c-{'0' * 12}",
        "unit/contoh/atom.xml": f"../../unit/contoh/satu/riwayat/index.html#c-{'0' * 12}",
        "perubahan/atom.xml": f"../unit/contoh/satu/riwayat/index.html#c-{'0' * 12}",
    }


def test_with_the_address_of_the_site_links_are_absolute_and_ids_are_its_own():
    """Host and folder of site_url make the ids; a port is no part of a name."""
    site = "https://ZI.contoh.example:8443/registri/"
    root = made([step(commit(1), ChangeKind.MONITORING)], site=site)["unit/contoh/satu/atom.xml"]
    tag = "tag:zi.contoh.example,2026:registri/unit/contoh/satu"
    assert texts(root, "id") == [tag]
    assert texts(root, "entry/id") == [f"{tag}/{'0' * 39}1"]
    assert {link.get("href").removeprefix(site) for link in root.iter(f"{ATOM}link")} == {
        "unit/contoh/satu/atom.xml",
        "unit/contoh/satu/riwayat/index.html",
        f"unit/contoh/satu/riwayat/index.html#c-{'0' * 12}",
    }


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("", f"{TAG}:"),
        ("https://[::1]/x/", f"{TAG}:"),  # an address is no name of an authority
        ("https://a.example", "tag:a.example,2026:"),
        ("https://a.example/b/c/", "tag:a.example,2026:b/c/"),
        ("https://a.example/b c/", "tag:a.example,2026:b%20c/"),
    ],
)
def test_who_speaks(site, expected):
    """RFC 4151: a host's name, a year, and nothing a URI may not hold."""
    assert tag(site) == expected


def moved_step(made, before, after):
    """Return what a commit did that moved the unit's sheet."""
    paths = [f"units/{unit}/2025/mandiri.yaml" for unit in (before, after)]
    one = step(made, ChangeKind.UNIT_MOVED)
    change = one.changes[0]._replace(unit=after, field="berkas", before=paths[0], after=paths[1])
    return one._replace(changes=(change,), version=one.version._replace(path=paths[1]))


def test_a_move_gives_no_old_entry_a_new_id():
    """Who read it before the move does not get it again; the move itself belongs to the new id."""
    old = step(commit(1), ChangeKind.ANSWERED)
    old = old._replace(version=old.version._replace(path="units/lama/satu/2025/mandiri.yaml"))
    steps = [old, moved_step(commit(2), "lama/satu", "contoh/satu"), step(commit(3), ChangeKind.ANSWERED)]
    ids = texts(made(steps)["unit/contoh/satu/atom.xml"], "entry/id")
    assert [one.removeprefix(f"{TAG}:unit/")[:-40] for one in ids] == ["contoh/satu/", "contoh/satu/", "lama/satu/"]


def test_every_feed_is_what_rfc_4287_asks_for():
    """Required elements once each, absolute ids that are unique, RFC 3339 times, newest first, one alternate link."""
    own = [step(commit(n), ChangeKind.PROFILE_CHANGED) for n in (2, 5)]
    for root in made([step(commit(n), ChangeKind.ANSWERED) for n in range(1, 9)], own=own).values():
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.findall(f"{ATOM}entry")):
            assert [len(element.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
            assert len(element.findall(f"{ATOM}author")) >= 1
            assert [link.get("rel") for link in element.findall(f"{ATOM}link")].count("alternate") == 1
            assert re.fullmatch(r"tag:[a-z.-]+,2026:[a-z0-9/]+", texts(element, "id")[0])
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", texts(element, "updated")[0])
        ids, times = texts(root, "entry/id"), texts(root, "entry/updated")
        assert len(set(ids)) == len(ids)
        assert times == sorted(times, reverse=True)
        assert texts(root, "updated") == times[:1]


def test_what_happened_to_an_agency_is_told_on_its_own_page():
    """instansi.yaml is no unit's: its entries are in the agency's feed and in everybody's."""
    roots = made([], own=[step(commit(1), ChangeKind.PROFILE_CHANGED)])
    links = {path: [one.get("href") for one in root.findall(f"{ATOM}entry/{ATOM}link")] for path, root in roots.items()}
    assert links == {
        "unit/contoh/satu/atom.xml": [],
        "unit/contoh/atom.xml": [f"../../perubahan/contoh/index.html#c-{'0' * 12}"],
        "perubahan/atom.xml": [f"../perubahan/contoh/index.html#c-{'0' * 12}"],
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
    raw = Feeds().unit("contoh/satu", "KPPN", [step(commit(1), ChangeKind.ANSWERED)], commit(1))
    assert b"@" not in raw


def test_an_address_inside_a_name_a_message_or_a_trailer_is_cut_out():
    """As on the history pages: whoever writes an address into a commit does not publish it."""
    mail = "orang@surat.example"
    told = commit(1, message=f"Kirim ke {mail}", contributors=(f"Kantor {mail}",), approvals=(f"TPI <{mail}>",))
    raw = Feeds().unit("contoh/satu", "KPPN", [step(told, ChangeKind.ANSWERED)], told)
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
        assert entry.find(f"{ATOM}title").text.endswith(": 1 jawaban pertama")
