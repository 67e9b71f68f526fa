"""What the pages learn of a unit: steps, dates and totals, the same with and without the cache."""

import os
import subprocess
from datetime import date
from fractions import Fraction

import pytest

from generator import registry
from generator.judging.dating import Question
from generator.model.declared import Tier
from generator.reading.cache import Cache
from generator.reading.history import open_past
from generator.registry.unit_past import Memory

CODE = "A.I.1.i.a"
SHEET = "instrumen: permenpanrb-90-2021\ntahun: 2025\njawaban:\n  {code}: {{jawab: {answer}}}\n"


def commit(root, day, message, **files):
    """Write files of the unit and commit them at noon (UTC) of the day."""
    for name, text in files.items():
        path = root / "units/a/b" / name.replace("__", "/").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    who = ("-c", "user.name=Unit B", "-c", "user.email=b@contoh.example")
    for args in (("init", "-q"), ("add", "-A", "units"), (*who, "commit", "-qm", message)):
        subprocess.run(("git", *args), cwd=root, check=True, env={**os.environ, **when})


@pytest.fixture
def root(tmp_path):
    """A unit that answered Tidak on 10 March and Ya on 10 May 2025."""
    commit(tmp_path, "2025-03-01", "Unit baru", unit_yaml="nama: Unit B\n")
    commit(tmp_path, "2025-03-10", "Menjawab", **{"2025__mandiri_yaml": SHEET.format(code=CODE, answer="Tidak")})
    commit(tmp_path, "2025-05-10", "Memperbaiki", **{"2025__mandiri_yaml": SHEET.format(code=CODE, answer="Ya")})
    return tmp_path


def remembered(root, cache=None):
    """The unit's past."""
    with open_past(root) as past:
        return Memory(past, registry.load_catalogue(), cache).unit("a/b")


def test_a_unit_has_steps_dates_and_totals(root):
    """Answered on 10 March, really changed on 10 May; judged by nobody. "Ya" is worth more than "Tidak"'s 0."""
    past = remembered(root)
    assert [step.version.commit.message.strip() for step in past.steps] == ["Unit baru", "Menjawab", "Memperbaiki"]
    dates = past.dated.answers[Question(2025, Tier.MANDIRI, CODE)]
    assert (dates.added, dates.changed, dates.judged) == (date(2025, 3, 10), date(2025, 5, 10), None)
    first, second = past.points
    assert first.totals[Tier.MANDIRI] == 0
    assert second.totals[Tier.MANDIRI] > 0
    assert (second.moved[0].code, second.moved[0].before) == (CODE, Fraction(0))


def test_the_cache_changes_nothing(root):
    """First derived, then remembered: the same dates and totals, and the totals still belong to their steps."""
    plain = remembered(root)
    for _ in range(2):
        with Cache(root) as cache:
            assert remembered(root, cache) == plain


def test_a_damaged_cache_is_not_believed(root):
    """What does not fit is derived again."""
    plain = remembered(root)
    with Cache(root) as cache:
        remembered(root, cache)
        with open_past(root) as past:
            memory = Memory(past, registry.load_catalogue(), cache)
            no_place, no_total = [99, 2025, [], []], [0, 2025, [["mandiri", "1/0"]], []]
            points = ({"jawaban": [], "bukti": [], "nilai": [point]} for point in (no_place, no_total))
            for kept in (*points, {"jawaban": [[1]]}, [], "x"):
                cache.put(memory._key("a/b"), kept)
                assert memory.unit("a/b") == plain


def test_a_unit_that_is_not_on_main_has_no_past(root):
    """Nothing is made up for it."""
    with open_past(root) as past:
        unit = Memory(past, registry.load_catalogue()).unit("a/baru")
    assert (unit.steps, unit.points, unit.old_ids, dict(unit.dated.answers)) == ((), (), (), {})
