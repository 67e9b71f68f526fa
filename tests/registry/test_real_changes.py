"""Real changes of answers, out of a real repository: by the day they came to main, never by the number of commits."""

from datetime import date

from generator import registry
from generator.judging.before_after import remembered
from generator.reading.history import open_past
from generator.registry.unit_past import Memory

UNIT = "units/contoh/satu"
HEAD = "instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban:\n"


def known(repository):
    """Return what Git knows of the unit's answers."""
    with open_past(repository.root) as past:
        memory = Memory(past, registry.load_catalogue())
        return remembered(memory.unit("contoh/satu").steps, memory.days)


def test_changes_of_meaning_count_and_commits_do_not(repository) -> None:
    """One commit a day from 2 January 2025 on; only what the unit itself answers, and otherwise than before, counts.

    On the 4th only the looks of the sheet change.
    """
    repository.commit({"units/contoh/instansi.yaml": "nama: Contoh\n", f"{UNIT}/unit.yaml": "nama: Satu\n"})  # the 2nd
    sheet = f"{UNIT}/2025/mandiri.yaml"
    repository.commit({sheet: f"{HEAD}  A.I.1.i.a: {{jawab: Tidak}}\n  A.I.1.i.b: {{jawab: A}}\n"})  # 3: two
    repository.commit({sheet: f"# catatan\n{HEAD}  A.I.1.i.b: {{jawab: 'A'}}\n  A.I.1.i.a: {{jawab: Tidak}}\n"})  # 4
    repository.commit({}, "Kosong")  # 5: nothing
    repository.commit({sheet: f"{HEAD}  A.I.1.i.a: {{jawab: Ya}}\n  A.I.1.i.b: {{jawab: A}}\n"})  # 6: one other answer
    spelled = f"{HEAD}  A.I.1.i.a: {{jawab: Ya, penjelasan: Ejaan}}\n  A.I.1.i.b: {{jawab: A}}\n"
    repository.commit({sheet: spelled})  # 7: an explanation is no answer
    repository.commit({f"{UNIT}/2025/tpi.yaml": f"{HEAD}  A.I.1.i.a: {{jawab: Ya}}\n"})  # 8: not the unit's
    found = known(repository)
    assert found.since == date(2025, 1, 2)
    assert found.changed == (date(2025, 1, 3), date(2025, 1, 3), date(2025, 1, 6))


def test_a_unit_that_moved_keeps_what_it_changed(repository) -> None:
    """Moving is no change of answers: the two of 2 January stay the only ones."""
    old, sheet = "units/contoh/lama", f"{HEAD}  A.I.1.i.a: {{jawab: Ya}}\n  A.I.1.i.b: {{jawab: A}}\n"
    agency = {"units/contoh/instansi.yaml": "nama: Contoh\n"}
    repository.commit({**agency, f"{old}/unit.yaml": "nama: Satu\n", f"{old}/2025/mandiri.yaml": sheet})
    moved = {f"{old}/unit.yaml": None, f"{old}/2025/mandiri.yaml": None, f"{UNIT}/2025/mandiri.yaml": sheet}
    repository.commit({**moved, f"{UNIT}/unit.yaml": "nama: Satu\nasal: contoh/lama\n"})
    assert known(repository).changed == (date(2025, 1, 2), date(2025, 1, 2))
