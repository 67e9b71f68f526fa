"""What MkDocs makes of docs/."""

import re

import pytest

from generator.model.failure import Failure
from generator.program_files import MKDOCS
from generator.publishing.site import AGENCY_FRAME, HISTORY_FRAME, UNIT_FRAME, YEAR_FRAME
from generator.publishing.theme import render


@pytest.fixture(scope="module")
def theme():
    """The real docs/, rendered once."""
    return render(MKDOCS)


def test_pages_and_frames(theme):
    """Every address of the site that is not a unit's, the three frames of units and the one of agencies."""
    assert set(theme.frames) == {
        "404.html",
        "index.html",
        "unit/index.html",
        UNIT_FRAME,
        YEAR_FRAME,
        HISTORY_FRAME,
        AGENCY_FRAME,
        "perubahan/index.html",
        "versi/index.html",
        "pemantauan/index.html",
        "metodologi/index.html",
        "data/index.html",
        "cara-mengirim/index.html",
        "pasang/index.html",
    }


def test_only_files_that_a_page_names(theme):
    """One script of ours and no bundle, no search index, no sitemap with the day of the build."""
    assert {path.rpartition(".")[2] for path in theme.files} == {"css", "svg", "js", "png"}
    assert [path for path in theme.files if path.endswith(".js")] == ["skrip/per-tanggal.js"]
    assert not any(b"sourceMappingURL" in content for content in theme.files.values())


def test_pages_load_nothing_from_elsewhere_and_run_nothing(theme):
    """No script but the report card's own, no inline style, no font, picture or style sheet of another host."""
    for path, page in theme.frames.items():
        text = b"".join(page.fixed).decode()
        if path == UNIT_FRAME:
            text = text.replace('<script src="../../../skrip/per-tanggal.js" defer></script>', "", 1)
        assert not re.findall(r"<script|<style|<iframe|\sstyle=|\son[a-z]+=", text), path
        assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"(?![^>]*rel=)', text), path
    for path, content in theme.files.items():
        assert not re.findall(rb"url\(\s*['\"]?(?:https?:)?//|@import", content), path


def test_every_page_says_its_language_and_has_a_policy(theme):
    """For screen readers, and against everything a page should not do."""
    for path, page in theme.frames.items():
        text = b"".join(page.fixed).decode()
        assert '<html lang="id"' in text, path
        scripts = "script-src 'self'; connect-src 'self';" if path == UNIT_FRAME else "script-src 'none'; style-src"
        assert scripts in text, path
        assert "Lewati ke isi" in text, path


def test_the_sites_address_is_known_and_no_frame_claims_one(tmp_path):
    """site_url and repo_url of mkdocs.yml; a frame stands for many addresses, so it has no canonical one."""
    (tmp_path / "docs/unit/_").mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text("# x\n")
    (tmp_path / "docs/unit/_/index.md").write_text("# y\n")
    config = tmp_path / "mkdocs.yml"
    theme = f"theme: {{name: material, font: false, custom_dir: {MKDOCS.parent / 'docs/templates'}, favicon: x.svg}}"
    settings = ("site_name: x", "plugins: []", "use_directory_urls: false", "nav: [index.md]", "not_in_nav: /unit/")
    forge = "repo_url: https://github.com/contoh/registri # tempat usulan"
    config.write_text("\n".join((*settings, theme, forge, "site_url: https://zi.contoh.example/a")))
    theme = render(config)
    assert theme.repository == "https://github.com/contoh/registri"
    assert theme.site == "https://zi.contoh.example/a/"
    assert b"canonical" in theme.frames["index.html"].fixed[0]
    assert b"canonical" not in theme.frames["unit/_/index.html"].fixed[0]


def test_without_an_address_none_is_made_up(theme):
    """Links of feeds are relative then, and a proposal is a number."""
    assert theme.site == theme.repository == ""


def test_rendering_twice_gives_the_same_bytes(theme):
    """No clock and no path of the temporary folder is in a page."""
    assert render(MKDOCS) == theme


def test_what_mkdocs_refuses_is_told(tmp_path):
    """Strict: a link to a page that is not there stops the build, with MkDocs' own words."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[x](tidak-ada.md)\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ndocs_dir: docs\nplugins: []\n")
    with pytest.raises(Failure, match=r"tidak-ada\.md"):
        render(tmp_path / "mkdocs.yml")
