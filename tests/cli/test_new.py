"""`zi new`: scaffolds that pass at once, overwrite nothing, and refuse what could not pass."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from generator.reading.strict_yaml import load

ASSESSORS = ("tpi", "tpn")


def zi(*arguments, cwd):
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def files(root):
    """Return every file below the root, by its path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A registry with one unit as `zi new` makes it, and the same with a year of every tier; both to be copied."""
    unit, year = tmp_path_factory.mktemp("unit"), tmp_path_factory.mktemp("year")
    done = [zi("new", "unit", "contoh/kppn-contoh-satu", "--nama", "KPPN Contoh Satu", cwd=unit)]
    shutil.copytree(unit, year, dirs_exist_ok=True)
    done += [
        zi("new", "tahun", "contoh/kppn-contoh-satu", "2025", "--untuk", writer, cwd=year)
        for writer in ("unit", *ASSESSORS)
    ]
    assert [one.returncode for one in done] == [0, 0, 0, 0], done
    return unit, year


@pytest.fixture
def unit(made, tmp_path):
    """A registry with one unit, freshly scaffolded."""
    return shutil.copytree(made[0], tmp_path / "registry")


@pytest.fixture
def year(made, tmp_path):
    """The same with one year, every tier's sheet included."""
    return shutil.copytree(made[1], tmp_path / "registry")


def check(root):
    """Return what `zi check` finds, warnings and notes included."""
    return json.loads(zi("check", "--format", "json", cwd=root).stdout)["findings"]


def test_a_unit_gets_its_files_and_its_agency(unit) -> None:
    """A new unit in a new agency: four files, each named as it is made, and what to do next."""
    assert sorted(files(unit)) == [
        "units/contoh/instansi.yaml",
        "units/contoh/kppn-contoh-satu/pemantauan.yaml",
        "units/contoh/kppn-contoh-satu/predikat.yaml",
        "units/contoh/kppn-contoh-satu/unit.yaml",
    ]
    assert check(unit) == []


def test_a_year_gets_the_units_own_files(unit) -> None:
    """An assessor's file says that the assessor has begun: the unit's command makes none."""
    done = zi("new", "tahun", "contoh/kppn-contoh-satu", "2025", cwd=unit)
    assert done.returncode == 0
    assert sorted(path.name for path in (unit / "units/contoh/kppn-contoh-satu/2025").iterdir()) == [
        "clearance.yaml",
        "mandiri.yaml",
        "survei.yaml",
    ]
    assert "Instrumen: permenpanrb-90-2021" in done.stdout
    assert "zi check units/contoh/kppn-contoh-satu/2025" in done.stdout


def test_every_scaffolded_file_passes_the_check(year) -> None:
    """No error, no warning and no note on any file of any tier."""
    assert len(files(year)) == 9
    assert check(year) == []


def test_every_scaffolded_file_names_its_schema(year) -> None:
    """The first line leads an editor to the schema of the file's kind, in schema/ beside units/."""
    for path, raw in files(year).items():
        line = raw.decode().splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=((?:\.\./)+schema/(\w+)\.schema\.json)", line)
        assert found, path
        assert found[2] == path.rpartition("/")[2].removesuffix(".yaml")
        assert os.path.normpath(f"{path.rpartition('/')[0]}/{found[1]}") == f"schema/{found[2]}.schema.json"


@pytest.mark.parametrize("tier", ["mandiri", *ASSESSORS])
def test_a_sheet_lists_every_question_unanswered(year, tier) -> None:
    """All 113 questions of the worksheet stand there in its order, each "belum"."""
    text = (year / f"units/contoh/kppn-contoh-satu/2025/{tier}.yaml").read_text(encoding="utf-8")
    answers = yaml.safe_load(text)["jawaban"]
    assert len(answers) == 113
    assert (next(iter(answers)), next(reversed(answers))) == ("A.I.1.i.a", "B.II.a")
    assert {json.dumps(answer) for answer in answers.values()} == {'{"jawab": "belum"}'}


def test_a_sheet_says_what_is_asked_and_what_may_be_answered(year) -> None:
    """Question, choices with their criteria, counts and survey stand as comments around the code."""
    text = (year / "units/contoh/kppn-contoh-satu/2025/mandiri.yaml").read_text(encoding="utf-8")
    assert (
        "  # Unit kerja sudah membentuk tim pembangunan ZI\n"
        "  #     Ya: Unit kerja mempunyai tim pembangunan ZI\n"
        "  #     Tidak: Unit kerja belum mempunyai tim pembangunan ZI\n"
        "  A.I.1.i.a:\n"
        "    jawab: belum\n"
    ) in text
    assert "    # isian:\n    #   agen-perubahan:  # Banyaknya agen perubahan\n" in text
    assert "    # survei: ipak-2025" in text


@pytest.mark.parametrize("path", ["unit", "predikat", "pemantauan", "2025/survei", "instansi"])
def test_an_example_passes_once_it_is_uncommented(year, path) -> None:
    """Who follows the advice (drop "# ", drop the empty list) has a file that passes."""
    unit = year / "units/contoh/kppn-contoh-satu"
    file = (unit.parent if path == "instansi" else unit) / f"{path}.yaml"
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"^\w+: \[\]\n", "", text, flags=re.MULTILINE)
    lines = text.splitlines()
    keys = r"# (  |- |(pemantau|tim|tim_unit|layanan|tempat|target|situs|peristiwa|pemantauan|pernyataan|survei):( |$))"
    file.write_text("\n".join(line[2:] if re.match(keys, line) else line for line in lines) + "\n", encoding="utf-8")
    assert len(yaml.safe_load(file.read_text(encoding="utf-8"))) >= 1
    assert [finding for finding in check(year) if finding["code"] != "pemantauan-tanpa-predikat"] == []


def test_a_percentage_question_passes_once_it_is_uncommented_and_filled(year) -> None:
    """Dropping "belum" and the comment signs and writing the numbers answers the question."""
    file = year / "units/contoh/kppn-contoh-satu/2025/mandiri.yaml"
    text = file.read_text(encoding="utf-8")
    before = "    jawab: belum\n    # isian:\n    #   agen-perubahan:  #"
    assert before in text
    text = text.replace(before, "    isian:\n      agen-perubahan: 7  #")
    text = text.replace("    #   perubahan-dibuat:  #", "      perubahan-dibuat: 6  #")
    file.write_text(text, encoding="utf-8")
    assert check(year) == []


def test_a_number_forgotten_is_no_answer(year) -> None:
    """The empty place of a number is a finding, not a zero that would count."""
    file = year / "units/contoh/kppn-contoh-satu/2025/mandiri.yaml"
    text = file.read_text(encoding="utf-8")
    before = "    jawab: belum\n    # isian:\n    #   agen-perubahan:  #"
    file.write_text(text.replace(before, "    isian:\n      agen-perubahan:  #"), encoding="utf-8")
    assert {finding["level"] for finding in check(year)} == {"error"}


def test_a_second_unit_leaves_the_agency_as_it_is(unit) -> None:
    """instansi.yaml stays; a name given for it in vain is said to be in vain."""
    agency = unit / "units/contoh/instansi.yaml"
    agency.write_text("nama: Instansi Contoh\n", encoding="utf-8")
    done = zi("new", "unit", "contoh/kpp-dua", "--nama", "KPP Dua", "--nama-instansi", "Lain", cwd=unit)
    assert done.returncode == 0
    assert agency.read_text(encoding="utf-8") == "nama: Instansi Contoh\n"
    assert "tidak diubah" in done.stdout


def test_a_new_agency_has_the_name_given(tmp_path) -> None:
    """--nama-instansi names it."""
    zi("new", "unit", "contoh/a", "--nama", "A", "--nama-instansi", "Instansi Contoh", cwd=tmp_path)
    assert yaml.safe_load((tmp_path / "units/contoh/instansi.yaml").read_text(encoding="utf-8")) == {
        "nama": "Instansi Contoh"
    }


def test_nothing_is_overwritten(year) -> None:
    """A unit or a year made twice is refused with one sentence, and every byte stays."""
    before = files(year)
    again = [
        zi("new", "unit", "contoh/kppn-contoh-satu", "--nama", "Lain", cwd=year),
        *(
            zi("new", "tahun", "contoh/kppn-contoh-satu", "2025", "--untuk", writer, cwd=year)
            for writer in ("unit", *ASSESSORS)
        ),
    ]
    for done in again:
        assert done.returncode == 2
        assert "sudah ada" in done.stderr
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""
    assert files(year) == before


def test_a_year_begun_by_hand_is_left_alone(unit) -> None:
    """One file of the year is enough: the others are not put beside it."""
    sheet = unit / "units/contoh/kppn-contoh-satu/2025/mandiri.yaml"
    sheet.parent.mkdir()
    sheet.write_text("instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban: {}\n", encoding="utf-8")
    before = files(unit)
    assert zi("new", "tahun", "contoh/kppn-contoh-satu", "2025", cwd=unit).returncode == 2
    assert files(unit) == before


def test_a_dangling_link_counts_as_standing(unit) -> None:
    """What stands there is not followed, whatever it is."""
    folder = unit / "units/contoh/kppn-contoh-satu/2025"
    folder.mkdir()
    (folder / "mandiri.yaml").symlink_to(unit / "elsewhere")
    assert zi("new", "tahun", "contoh/kppn-contoh-satu", "2025", cwd=unit).returncode == 2
    assert not (unit / "elsewhere").exists()


def test_a_link_out_of_the_registry_is_not_followed(tmp_path) -> None:
    """units/contoh leading elsewhere: nothing is written there, exit 4."""
    (tmp_path / "registry/units").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "registry/units/contoh").symlink_to(tmp_path / "outside")
    done = zi("new", "unit", "contoh/a", "--nama", "A", cwd=tmp_path / "registry")
    assert done.returncode == 4
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize(
    ("unit_id", "said"),
    [
        ("KPPN Contoh Satu", "kppn-contoh-satu"),
        ("contoh/KPPN Contoh Satu", "kppn-contoh-satu"),
        ("contoh/kppn_satu", "kppn-satu"),
        ("kppn-satu", "contoh/kppn-satu"),
        ("contoh/a/b", "INSTANSI/UNIT"),
        ("contoh/..", "bukan id"),
        ("../contoh", "bukan id"),
        ("/contoh/a", "INSTANSI/UNIT"),
        ("contoh/", "INSTANSI/UNIT"),
        ("contoh/con", "Windows"),
        ("contoh/kppn\u200b-satu", "\\u200b"),
        ("contoh/" + "a" * 64, "63"),
        ("contoh/-", "bukan id"),
    ],
)
def test_a_bad_id_is_refused_with_the_rule(tmp_path, unit_id, said) -> None:
    """The sentence shows what was given without its tricks, and a form that would do."""
    done = zi("new", "unit", "--nama", "A", "--", unit_id, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert files(tmp_path) == {}


def test_a_path_is_as_good_as_an_id(tmp_path) -> None:
    """What the shell completes ("units/contoh/a/") names the unit too."""
    assert zi("new", "unit", "units/contoh/a/", "--nama", "A", cwd=tmp_path).returncode == 0
    assert (tmp_path / "units/contoh/a/unit.yaml").is_file()


HONEST = (
    "Kantor: Contoh #1",
    "'",
    '"Kantor"',
    "- kantor",
    "{a: b}",
    "true",
    "null",
    "012",
    "2025",
    "3.72",
    "2025-01-10",
    "@kantor",
    "a\\u202eb",
    "Kantor\u00a0Contoh",
    "*x",
    "%YAML",
    "---",
    "Kantor Dépok",
    "a: b: c",
    "x" * 200,
)


def test_any_honest_name_comes_back_as_it_was(tmp_path) -> None:
    """However it looks to YAML, a name is quoted so that it stays that text, and the files pass."""
    for number, name in enumerate(HONEST):
        done = zi("new", "unit", f"a{number}/b", "--nama", name, "--nama-instansi", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        for path in (f"units/a{number}/b/unit.yaml", f"units/a{number}/instansi.yaml"):
            assert load((tmp_path / path).read_bytes(), path=path).data == {"nama": name}
    assert check(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "Kantor\nperan: penyusup",
        "Kantor\tContoh",
        "a\u202eb",
        "a\u200bb",
        "a\u0085b",
        "a\u2028b",
        "a\x1b[31mb",
        "De\u0301pok",
        "x" * 201,
        "\u041aantor",
        "x" * 9000,
    ],
)
def test_a_name_that_could_not_pass_makes_no_file(tmp_path, name) -> None:
    """The check is asked before anything is written; its sentence says what is wrong."""
    done = zi("new", "unit", "contoh/a", "--nama", name, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("zi: Tidak ada berkas yang dibuat. ")
    assert "Traceback" not in done.stderr
    assert not set(done.stderr) & {"\u202e", "\u200b", "\u0085", "\u2028", "\x1b"}
    assert files(tmp_path) == {}


@pytest.mark.parametrize("year", ["26", "1999", "2100", "dua ribu", "2025 ", "٢٠٢٥", "../2025", ""])
def test_a_bad_year_is_refused(unit, year) -> None:
    """A year is four digits, 2000 to 2099."""
    before = files(unit)
    done = zi("new", "tahun", "contoh/kppn-contoh-satu", year, cwd=unit)
    assert done.returncode == 2
    assert "2000 sampai 2099" in done.stderr
    assert files(unit) == before


def test_a_year_needs_its_unit(tmp_path) -> None:
    """The command that makes the unit is named, with the root it needs."""
    done = zi("new", "tahun", "contoh/a", "2025", "--root", str(tmp_path), cwd=tmp_path.parent)
    assert done.returncode == 2
    assert f"zi new unit contoh/a --nama … --root {tmp_path}".replace("…", '"…"') in done.stderr
    assert files(tmp_path) == {}


def test_an_unknown_instrument_is_refused_with_the_known_ones(unit) -> None:
    """Nothing is guessed."""
    before = files(unit)
    done = zi("new", "tahun", "contoh/kppn-contoh-satu", "2025", "--instrumen", "permenpanrb-90", cwd=unit)
    assert done.returncode == 2
    assert "permenpanrb-90-2021" in done.stderr
    assert files(unit) == before


def test_an_assessor_uses_the_instrument_of_the_unit(unit) -> None:
    """Without --instrumen the sheet of TPI is made for what mandiri.yaml names; an unknown one is refused."""
    sheet = unit / "units/contoh/kppn-contoh-satu/2025/mandiri.yaml"
    sheet.parent.mkdir()
    sheet.write_text("instrumen: lke-lama\ntahun: 2025\njawaban: {}\n", encoding="utf-8")
    done = zi("new", "tahun", "contoh/kppn-contoh-satu", "2025", "--untuk", "tpi", cwd=unit)
    assert done.returncode == 2
    assert '"lke-lama"' in done.stderr


def test_an_assessor_cannot_follow_a_sheet_that_cannot_be_read(unit) -> None:
    """The way out is named: the check says what is wrong with it."""
    sheet = unit / "units/contoh/kppn-contoh-satu/2025/mandiri.yaml"
    sheet.parent.mkdir()
    sheet.write_text("instrumen: [\n", encoding="utf-8")
    done = zi("new", "tahun", "contoh/kppn-contoh-satu", "2025", "--untuk", "tpi", cwd=unit)
    assert done.returncode == 2
    assert "zi check" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_root_that_is_not_there_is_not_made(tmp_path) -> None:
    """A slip in --root must not begin a second registry."""
    done = zi("new", "unit", "contoh/a", "--nama", "A", "--root", str(tmp_path / "reg"), cwd=tmp_path)
    assert done.returncode == 3
    assert files(tmp_path) == {}


def test_a_place_that_cannot_be_written_is_exit_4(tmp_path) -> None:
    """One sentence, exit 4, and what stood there stands."""
    (tmp_path / "units").write_text("not a folder", encoding="utf-8")
    done = zi("new", "unit", "contoh/b", "--nama", "B", cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert files(tmp_path) == {"units": b"not a folder"}


@pytest.mark.parametrize("name", ["tanggapan", "kasus"])
def test_a_file_of_its_own_passes_at_once_and_is_made_once(name, unit) -> None:
    """The reply of a unit and the public cases begin empty; what stands is never written over."""
    path = unit / "units/contoh/kppn-contoh-satu" / f"{name}.yaml"
    done = zi("new", name, "contoh/kppn-contoh-satu", cwd=unit)
    assert (done.returncode, path.is_file()) == (0, True)
    assert check(unit) == []
    path.write_text(f"{name}: []\n", encoding="utf-8")
    again = zi("new", name, "contoh/kppn-contoh-satu", cwd=unit)
    assert again.returncode == 2
    assert "sudah ada" in again.stderr
    assert path.read_text(encoding="utf-8") == f"{name}: []\n"


@pytest.mark.parametrize("name", ["tanggapan", "kasus"])
def test_a_file_of_its_own_needs_its_unit(name, unit) -> None:
    """A wrong id is told with the way to make the unit."""
    done = zi("new", name, "contoh/kppn-contoh-lain", cwd=unit)
    assert done.returncode == 2
    assert "zi new unit contoh/kppn-contoh-lain" in done.stderr
