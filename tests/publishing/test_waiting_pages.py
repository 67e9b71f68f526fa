"""Pages say what waits for a decision: how many, since when, and how fast each review team decides."""

import os
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.judging.waiting import queues
from generator.model.declared import Agency
from generator.model.document import Kind
from generator.model.proposal import Place, Proposal
from generator.publishing.site import pages
from generator.publishing.waiting import Waiting
from generator.registry.guarding import read_policy

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 24)
POLICY = read_policy(None)
SATU = Place("contoh", "satu", Kind.MANDIRI)
OF_TPN = Place("contoh", "dua", Kind.TPN)
GITHUB = "https://github.com/contoh/registri"


def proposal(number, opened, closed=None, *, places=(SATU,), draft=False, elsewhere=False):
    """A proposal opened so many days before today, closed so many days before today (None: open)."""
    return Proposal(
        number=number,
        opened=TODAY - timedelta(days=opened),
        closed=None if closed is None else TODAY - timedelta(days=closed),
        draft=draft,
        places=frozenset(places),
        elsewhere=elsewhere,
    )


LIST = (
    proposal(31, 12),
    proposal(40, 3),
    proposal(41, 0, places=(SATU, OF_TPN)),
    proposal(42, 2, draft=True),
    # TPI of contoh took 3 and 4 days: 3,5 in the middle
    proposal(20, 33, 30),
    proposal(21, 34, 30),
    # the maintainers: one of the program alone, 20 days old
    proposal(22, 20, places=(), elsewhere=True),
)
"""TPI has 31, 40 and 41 before it, and 41 mixes roles, so it is before TPN too."""


def waiting(*proposals, repository="", as_of=TODAY):
    """What the pages know of these proposals."""
    return Waiting(queues=queues(proposals, POLICY, as_of), repository=repository)


def words(html):
    """Return the words without elements, a line for each block."""
    return re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|h2|tr|caption)>", "\n", re.sub(r"</t[hd]>", " | ", html)))


@pytest.fixture
def agency():
    """An agency whose name is an attack."""
    return Agency(id="contoh", name="Kementerian <Contoh>", monitors={})


class TestUnit:
    """The report card."""

    def test_how_many_since_when_and_which(self, agency):
        """Oldest first; a draft is told apart; the agency's teams and their medians, also of a team without any."""
        section = waiting(*LIST).of_unit("contoh/satu", agency)
        assert section.anchor == "usulan"
        line, speed = words(section.body).splitlines()
        assert line == "3 usulan menunggu, tertua 12 hari: #31, #40, #41. Masih draf: #42."
        assert speed == (
            "Median sampai keputusan untuk semua unit Kementerian &lt;Contoh&gt;, 365 hari terakhir: "
            "TPI 3,5 hari dari 2 keputusan; TPN belum ada."
        )
        assert "<a " not in section.body

    def test_a_unit_without_proposals(self, agency):
        """The list was read and has none of it: that is known."""
        said = words(waiting(*LIST).of_unit("contoh/tiga", agency).body)
        assert said.startswith("Tidak ada usulan yang menunggu.\n")

    def test_drafts_alone(self, agency):
        """They wait for nobody."""
        said = words(waiting(proposal(7, 5, draft=True)).of_unit("contoh/satu", agency).body)
        assert said.startswith("Tidak ada usulan yang menunggu. Masih draf: #7.\n")

    def test_opened_today(self, agency):
        """No "0 hari"."""
        said = words(waiting(proposal(7, 0)).of_unit("contoh/satu", agency).body)
        assert said.startswith("1 usulan menunggu, tertua hari ini: #7.\n")

    def test_of_many_the_oldest_are_named(self, agency):
        """Ten, and how many more."""
        said = words(waiting(*(proposal(n, 100 - n) for n in range(1, 14))).of_unit("contoh/satu", agency).body)
        assert said.startswith("13 usulan menunggu, tertua 99 hari: #1, #2, ")
        assert "#10, dan 3 lagi.\n" in said

    @pytest.mark.parametrize(
        ("repository", "address"),
        [
            (GITHUB, f"{GITHUB}/pull/7"),
            (f"{GITHUB}/", f"{GITHUB}/pull/7"),
            (f"{GITHUB}.git", f"{GITHUB}/pull/7"),
            ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/merge_requests/7"),
            ("https://gitlab.contoh.go.id/a/b/c", "https://gitlab.contoh.go.id/a/b/c/-/merge_requests/7"),
            ("", None),
            ("http://github.com/contoh/registri", None),
            ("https://github.com/contoh", None),
            ("https://github.com.jahat.example/contoh/registri", None),
            ("https://x@github.com/contoh/registri", None),
            ("https://git.contoh.example/contoh/registri", None),
            ('https://github.com/contoh/"onclick=alert(1)', None),
        ],
    )
    def test_links_to_forges_that_are_known(self, agency, repository, address):
        """A number is a link only where its address is certain."""
        body = waiting(proposal(7, 1), repository=repository).of_unit("contoh/satu", agency).body
        assert re.findall(r'href="([^"]*)"', body) == ([address] if address else [])
        assert ">#7</a>" in body if address else ": #7." in body


class TestHome:
    """The home page."""

    def test_the_line_and_the_teams(self, agency):
        """The line counts what touches units, each once; the table has the longest waited for on top."""
        said = words(waiting(*LIST).on_home({"contoh": agency})).splitlines()
        assert said[:-1] == [
            "Usulan yang menunggu",
            "3 usulan menunggu, tertua 12 hari; 1 lagi masih draf.",
            "Tim, yang paling lama ditunggu di atas",
            "Tim yang memutus | Menunggu | Tertua | Median sampai keputusan | ",
            "Pemelihara (program dan aturan) | 1 | 20 hari | belum ada | ",
            "TPI Kementerian &lt;Contoh&gt; | 3 dan 1 draf | 12 hari | 3,5 hari dari 2 keputusan | ",
            "TPN Kementerian &lt;Contoh&gt; | 1 | hari ini | belum ada | ",
        ]
        assert "Draf belum menunggu siapa pun." in said[-1]

    def test_an_agency_the_registry_does_not_have_yet(self):
        """Its proposal is its first: its id stands for its name."""
        said = words(waiting(proposal(7, 1, places=(Place("baru", "satu", Kind.MANDIRI),))).on_home({}))
        assert "TPI baru | 1 | 1 hari | belum ada | " in said

    def test_an_empty_list(self):
        """No table, and the truth."""
        html = waiting().on_home({})
        assert "Tidak ada usulan yang menunggu." in html
        assert "<table" not in html

    def test_of_many_teams_the_longest_waited_for_are_shown(self):
        """Ten, and how many more there are."""
        many = [proposal(n, n, places=(Place(f"kota-{n}", "satu", Kind.MANDIRI),)) for n in range(1, 14)]
        html = waiting(*many).on_home({})
        assert re.findall(r"TPI (kota-\d+)", html) == [f"kota-{n}" for n in range(13, 3, -1)]
        assert "Ada 3 tim lagi;" in html


class TestSite:
    """The pages as they are published."""

    @pytest.fixture
    def site(self, bare_theme, rulebook, records):
        """The function that makes all pages, as text."""

        def made(known, repository=""):
            theme = replace(bare_theme, repository=repository)
            found = pages(records, theme, rulebook, TODAY, queues=known)
            return {path: page.decode() for path, page in found}

        return made

    def test_without_a_list_nothing_is_said(self, site):
        """No false "0 usulan": nobody asked the forge."""
        told = re.compile(r"usulan (?:yang )?menunggu|masih draf", re.IGNORECASE)
        assert not [path for path, page in site(None).items() if told.search(page)]

    def test_home_and_report_cards_say_it(self, site):
        """Each card its own, with links where mkdocs.yml names the repository; no page runs anything for it."""
        made = site(queues(LIST, POLICY, TODAY), GITHUB)
        assert "<b>3 usulan menunggu, tertua 12 hari</b>; 1 lagi masih draf." in made["index.html"]
        card = made["unit/contoh/satu/index.html"]
        assert f'<a href="{GITHUB}/pull/31" rel="nofollow noopener noreferrer">#31</a>' in card
        assert "<b>1 usulan menunggu, tertua hari ini</b>" in made["unit/contoh/dua/index.html"]
        assert "Tidak ada usulan yang menunggu." in made["unit/contoh/tiga/index.html"]
        assert "<script" not in card.partition('id="usulan"')[2]

    def test_it_is_in_the_table_of_contents(self, site):
        """As every part of the card."""
        card = site(queues((), POLICY, TODAY))["unit/contoh/satu/index.html"]
        assert '<a href="#usulan">Usulan yang menunggu</a>' in card

    @pytest.mark.parametrize("path", ["index.html", "unit/contoh/satu/index.html"])
    def test_page_is_as_agreed(self, site, path):
        """The part of the page that tells of proposals, as a golden file; renewed as the others are."""
        page = site(queues(LIST, POLICY, TODAY), GITHUB)[path]
        (part,) = re.findall(r'<section><h2 id="usulan">.*?</section>', page)
        made = re.sub(r"(?=<(?:h2|table|thead|tbody|tr|p|div)\b)", "\n", part).strip() + "\n"
        golden = GOLDEN / f"usulan-{path.replace('/', '-')}"
        if os.environ.get("ZI_RENEW_GOLDEN"):
            golden.write_text(made, encoding="utf-8")
        assert golden.read_text(encoding="utf-8") == made
