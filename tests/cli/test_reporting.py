"""What a person reads after a check."""

from generator.cli.reporting import Report, as_text
from generator.model.finding import Finding, Level


def finding(line, level=Level.NOTE, code="bukti-dipakai-ulang", path="units/a/b/2025/mandiri.yaml"):
    """A finding on the line."""
    return Finding(path=path, line=line, column=1, code=code, level=level, pointer="", message="Pesan.", hint="")


def told(*findings):
    """The lines of the report."""
    return list(as_text(Report(findings=sorted(findings), units=1, files=1)))


def test_of_many_equal_notes_in_a_file_the_first_three_are_shown() -> None:
    """And how many more there are; the count at the end still holds them all."""
    lines = told(*map(finding, range(1, 8)))
    assert [line for line in lines if line.startswith("units/")] == [
        f"units/a/b/2025/mandiri.yaml:{line}:1: catatan bukti-dipakai-ulang: Pesan." for line in (1, 2, 3)
    ]
    assert "    … dan 4 catatan bukti-dipakai-ulang lain di berkas ini (semuanya: --format json)" in lines
    assert lines[-1].startswith("7 catatan.")


def test_every_file_has_its_own_first_three() -> None:
    """Three in each of two files are not too many."""
    lines = told(*(finding(line, path=f"units/a/{unit}/2025/mandiri.yaml") for unit in "bc" for line in (1, 2, 3)))
    assert len([line for line in lines if line.startswith("units/")]) == 6
    assert not any("lain di berkas ini" in line for line in lines)


def test_nothing_that_must_be_mended_is_folded() -> None:
    """Errors and warnings are shown to the last."""
    errors = [finding(line, Level.ERROR, "kode-tidak-dikenal") for line in range(1, 8)]
    warnings = [finding(line, Level.WARNING, "penyebut-nol") for line in range(11, 18)]
    assert len([line for line in told(*errors, *warnings) if line.startswith("units/")]) == 14
