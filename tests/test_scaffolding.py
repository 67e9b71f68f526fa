from generator.model.declared import Tier
from generator.model.document import Kind
from generator.reading.strict_yaml import load
from generator.registry import load_catalogue
from generator.scaffolding import agency_files, case_file, reply_file, sheet_file, unit_files, year_files

CATALOGUE = load_catalogue()


def everything() -> dict[str, bytes]:
    """Return every file a scaffold can make, for every instrument there is."""
    made = {**agency_files("contoh", "Instansi Contoh"), **unit_files("contoh/a", "A")}
    made |= reply_file("contoh/a") | case_file("contoh/a")
    for year, instrument in enumerate(CATALOGUE.instruments.values(), start=2025):
        made |= year_files("contoh/a", year, instrument)
        for tier in (Tier.TPI, Tier.TPN):
            made |= sheet_file("contoh/a", year, instrument, tier)
    return made


def test_every_kind_of_file_has_a_scaffold() -> None:
    """No file of the registry must be begun from nothing."""
    assert {path.rpartition("/")[2] for path in everything()} == {f"{kind}.yaml" for kind in Kind}


def test_a_scaffold_is_the_same_every_time() -> None:
    """No clock, no order of a set: same arguments, same bytes; lines end with LF and none with a space."""
    first = everything()
    assert first == everything()
    for raw in first.values():
        assert raw.endswith(b"\n")
        assert b"\r" not in raw
        assert b" \n" not in raw


def test_a_comment_stays_within_the_window() -> None:
    """What is there to be read needs no scrolling sideways: 120 columns."""
    for path, raw in everything().items():
        for line in raw.decode().splitlines():
            assert len(line) <= 120 or "  # " in line, path


def test_a_sheet_holds_the_questions_of_its_instrument_in_order() -> None:
    """Code for code."""
    for instrument in CATALOGUE.instruments.values():
        for tier in Tier:
            (raw,) = sheet_file("contoh/a", 2025, instrument, tier).values()
            assert list(load(raw, path="x").data["jawaban"]) == list(instrument.questions)
