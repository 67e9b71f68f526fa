"""The privacy guard: what is personal is found however it is written, what only looks like it is not.

A case is a line of tests/cases/privasi/**: the text, a tab, the reason; «» encloses what must be found. The folder
says whether anything is, the file's name which kind. All numbers and addresses are invented.
"""

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.judging.privacy import Personal, find, masked
from generator.judging.privacy.allowance import build
from generator.judging.privacy.telling import in_path, in_text
from generator.program_files import SCHEMA

CASES = Path(__file__).parents[1] / "cases" / "privasi"
KINDS = {
    "nik": Personal.NIK,
    "nip": Personal.NIP,
    "npwp": Personal.NPWP,
    "telepon": Personal.PHONE,
    "rekening": Personal.ACCOUNT,
    "surel": Personal.EMAIL,
}
SAMPLES = ["3573041506900001", "198503122010011001", "013121660091000", "081234567890"]


def lines(folder):
    """Yield file name and text of every case in the folder."""
    for file in sorted((CASES / folder).glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield pytest.param(file.stem, line.partition("\t")[0], id=line[:60].replace("\t", " "))


@pytest.mark.parametrize(("kind", "case"), [*lines("ditemukan")])
def test_personal_data_is_found_where_it_stands(kind, case):
    """Exactly the part between «» is found, as the kind the file is named after."""
    before, secret, _ = re.split("[«»]", case)
    text = re.sub("[«»]", "", case)
    assert [(item.kind, item.start, item.end) for item in find(text)] == [
        (KINDS[kind], len(before), len(before) + len(secret))
    ]


@pytest.mark.parametrize(("kind", "text"), [*lines("dilewatkan")])
def test_what_only_looks_like_it_is_passed_by(kind, text):
    """Decree numbers, days, money, hashes, addresses of offices."""
    del kind
    assert find(text) == ()


@pytest.mark.parametrize("text", ['"3573\\\n      041506900001"', "budi@\n      surel-rekaan.com"])
def test_a_value_wrapped_in_yaml_is_read_as_the_site_reads_it(text):
    """A backslash at the end of a line joins it to the next; an address breaks after its "@"."""
    assert len(find(text)) == 1


@settings(derandomize=True, deadline=None)
@given(st.sampled_from(SAMPLES[:2]), st.sampled_from(["", " ", ".", "-", "_", "\u00a0", "–", " - "]), st.data())
def test_separators_hide_no_number(digits, separator, data):
    """Wherever one kind of separator parts a NIK or NIP, it is the same number."""
    cuts = data.draw(st.sets(st.integers(1, len(digits) - 1)))
    written = "".join(separator + sign if at in cuts else sign for at, sign in enumerate(digits))
    assert [item.masked for item in find(f"nomor {written}, ya")] == [f"{digits[:4]}…{digits[-4:]}"]


@settings(derandomize=True, deadline=None)
@given(st.sampled_from(SAMPLES), st.sampled_from("\u200b\u200d\u2060\u00ad\ufeff"), st.data())
def test_signs_that_draw_nothing_hide_no_number(digits, hidden, data):
    """A zero-width sign inside is no other number; the item reaches from the first to the last digit."""
    at = data.draw(st.integers(1, len(digits) - 1))
    text = f"no {digits[:at]}{hidden}{digits[at:]} ya"
    assert [(item.start, item.end) for item in find(text)] == [(3, 3 + len(digits) + 1)]


@settings(derandomize=True, deadline=None)
@given(
    st.text("0123456789abcdef", min_size=32, max_size=128), st.sampled_from(["sha256: {}", "{}", "x/{}.pdf", "id={}\n"])
)
def test_long_hexadecimal_strings_are_never_found(digits, frame):
    """A hash holds any number by chance."""
    assume(not digits.isdigit())
    assert find(frame.format(digits)) == ()


@settings(derandomize=True, deadline=None)
@given(st.sampled_from([*SAMPLES, "budi.rekaan@surel-rekaan.com"]), st.text(max_size=20), st.text(max_size=20))
def test_what_is_shown_never_holds_the_item(secret, before, after):
    """Masked text and findings name what was found without repeating it."""
    text = f"{before} {secret} {after}"
    assert secret not in masked(text)
    for finding in [*in_text("x", text), *in_path(f"units/{secret}/x")]:
        assert secret not in finding.message + finding.hint


@settings(derandomize=True, deadline=None)
@given(st.text("0123456789 .-@ a\n\u200b٣", max_size=60))
def test_items_lie_in_the_text_in_order_and_apart(text):
    """Whatever the text, each item is a part of it and no number overlaps another."""
    numbers = [item for item in find(text) if item.kind is not Personal.EMAIL]
    assert all(0 <= item.start < item.end <= len(text) for item in numbers)
    assert all(one.end <= other.start for one, other in pairwise(numbers))


def test_a_finding_stands_at_its_line_and_column():
    """Counted from 1, as editors do."""
    (finding,) = in_text("a.yaml", f"nama: x\n# ya\n  ketua: {SAMPLES[0]}\n")
    assert (finding.path, finding.line, finding.column, finding.code) == ("a.yaml", 3, 10, "data-pribadi")


def test_no_text_makes_the_guard_slow():
    """A hundred thousand digits, dashes or at-signs take a second or two: the work grows with the text, not faster."""
    start = time.process_time()
    for text in ("1 " * 50_000, "-" * 100_000, "a@" * 50_000, "@" * 100_000, "0812 " * 20_000, "(at) " * 20_000):
        find(text)
    assert time.process_time() - start < 20  # what looks at every pair would need hours


ALLOWED = build(yaml.safe_load((SCHEMA / "aturan" / "privasi.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("text", ["telp 1500-225", "Hubungi 0800-1-500-225"])
def test_numbers_of_call_centres_are_allowed(text):
    """The reviewed list names forms that no person can own."""
    assert find(text)
    assert find(text, ALLOWED) == ()


def test_what_the_forge_says_is_allowed_only_there():
    """GitHub's noreply address is usual for an author, and nothing for a file."""
    text = "A <1+a@users.noreply.github.com>"
    assert find(text, ALLOWED, sender=True) == ()
    assert [item.kind for item in find(text, ALLOWED)] == [Personal.EMAIL]


def test_a_form_of_text_allows_what_it_covers_and_no_more():
    """A decree's number is allowed inside the form, not beside it."""
    allowed = build({"teks": [{"pola": "REG-################", "alasan": "nomor surat rekaan"}]})
    assert find("REG-3573041506900001", allowed) == ()
    assert len(find("REG-3573041506900001 3573041506900002", allowed)) == 1


FAULTY = {
    "an unknown section": {"nik": []},
    "no reason": {"nomor": [{"pola": "1500###"}]},
    "a reason that says nothing": {"nomor": [{"pola": "1500###", "alasan": "ok"}]},
    "a number of any digits": {"nomor": [{"pola": "##########", "alasan": "nomor kantor pusat"}]},
    "a whole top-level domain": {"surel": [{"akhiran": "com", "alasan": "semua alamat komersial"}]},
    "one mailbox": {"surel": [{"akhiran": "budi@gmail.com", "alasan": "alamat ketua tim"}]},
    "a text of digits alone": {"teks": [{"pola": "################", "alasan": "nomor surat kantor"}]},
    "a folder of data": {"jalur": [{"awal": "units/contoh/", "alasan": "data contoh rekaan"}]},
    "every folder": {"jalur": [{"awal": "/", "alasan": "semua berkas aman"}]},
    "no list": {"jalur": {"awal": "tests/", "alasan": "kasus uji rekaan"}},
    "another key": {"jalur": [{"awal": "tests/", "alasan": "kasus uji rekaan", "sampai": "2030"}]},
}


@pytest.mark.parametrize("data", FAULTY.values(), ids=FAULTY)
def test_an_allow_list_that_is_not_strict_is_refused(data):
    """A loose entry would open the guard for everybody."""
    with pytest.raises(ValueError, match=r"\w"):
        build(data)
