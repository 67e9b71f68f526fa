"""The board in Chromium, without JavaScript: everything, or one body's list alone, on a screen and on paper."""

import re

import pytest
import yaml


def write(root, path, data):
    """Write a file of the registry."""
    file = root / "units" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def site(build, tmp_path_factory):
    """Two bodies of an agency with a long name: one has a unit that is late, the other one with open follow-ups."""
    root = tmp_path_factory.mktemp("board")
    bodies = {"WBK": "UKI-Es.I", "WBBM": "Inspektorat Jenderal"}
    write(root, "contoh/instansi.yaml", {"nama": "Kementerian Contoh Urusan Pelabuhan", "pemantau": bodies})
    award = {"jenis": "ditetapkan", "predikat": "WBK", "tanggal": "2022-12-06"}
    for unit, events in {
        "satu": [award],
        "dua": [award, {**award, "predikat": "WBBM", "tanggal": "2023-12-10"}],
    }.items():
        write(root, f"contoh/{unit}/unit.yaml", {"nama": f"Kantor Contoh {unit.title()}"})
        write(root, f"contoh/{unit}/predikat.yaml", {"peristiwa": events})
    asked = [{"uraian": "Membuka kotak pengaduan setiap minggu.", "batas": "2026-06-30"}]
    report = {"tanggal": "2025-11-20", "pelaksana": "Inspektorat Jenderal", "hasil": "perlu-perbaikan"}
    write(root, "contoh/dua/pemantauan.yaml", {"pemantauan": [{**report, "tindak_lanjut": asked}]})
    return build(root, root / "site")


@pytest.fixture(params=[1280, 360])
def page(request, chromium):
    """A page, wide and narrow."""
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_a_body_s_address_shows_its_list_alone(site, page, media):
    """Its units are seen and no others', without a script; the way back shows everything again."""
    address = (site / "pemantauan/index.html").as_uri()
    page.emulate_media(media=media)
    page.goto(address)
    assert page.locator("#terlambat").is_visible()
    assert page.locator(".zi-badan:visible").count() == 0
    anchors = re.findall(r'<a href="#(pelaksana-[a-z0-9-]+)">(.*?)</a>', page.content())
    assert [name for _, name in anchors] == ["Inspektorat Jenderal", "UKI-Es.I"]
    for (anchor, _), seen, unseen in zip(anchors, ("Dua", "Satu"), ("Satu", "Dua"), strict=True):
        page.goto(f"{address}#{anchor}")
        assert not page.locator("#terlambat").is_visible()
        assert page.get_by_role("link", name=f"Kantor Contoh {seen}").count() == 1
        assert page.get_by_role("link", name=f"Kantor Contoh {unseen}").count() == 0
    if media == "screen":
        page.get_by_role("link", name="Semua pelaksana").click()
        assert page.locator("#terlambat").is_visible()


@pytest.mark.parametrize("path", ["pemantauan/index.html", "unit/contoh/dua/index.html"])
def test_nothing_is_wider_than_the_page(site, page, path):
    """The board, and a report card with a monitoring report that asked for something."""
    page.goto((site / path).as_uri())
    width = page.viewport_size["width"]
    assert page.locator("body").bounding_box()["width"] <= width
    assert page.locator(".zi-laporan, .zi-papan").first.bounding_box()["width"] <= width
