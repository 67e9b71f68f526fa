"""Rules on one answer: does it fit the question it answers?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.model.document import Document, Pointer
from generator.model.finding import Finding, Level
from generator.model.wording import listed, shown

from .codes import Code
from .fault import Rows, fault, rows
from .forms import Form, Question, Ratio

UNANSWERED = "belum"
"""What a writer puts in `jawab` to say "not answered yet"; never a choice of a scale."""

_WAYS = {"jawab": "pilihan (jawab)", "isian": "angka (isian)", "survei": "survei (survei)"}
"""Key of an answer -> what a question answered by it asks for."""


def answers(sheet: Document) -> Iterator[tuple[str, Rows]]:
    """Yield code and answer, as the sheet has them."""
    for code, answer in rows(sheet.data.get("jawaban")).items():
        yield str(code), rows(answer)


def given(answer: Rows) -> tuple[str, ...]:
    """Return the ways an answer was given: of `jawab` (unless "belum"), `isian`, `survei` those that are there."""
    return tuple([way for way in _WAYS if way in answer and not (way == "jawab" and answer[way] == UNANSWERED)])


def judged(answer: Rows) -> bool:
    """Tell whether an assessor's answer says anything of the question or of its evidence."""
    return bool(given(answer)) or "bukti" in answer


def unknown_question(sheet: Document, form: Form) -> Iterator[Finding]:
    """Find answers to questions the instrument does not ask."""
    for code, _ in answers(sheet):
        if code not in form.questions:
            yield fault(
                sheet,
                ("jawaban", code),
                Code.KODE_TIDAK_DIKENAL,
                f"Kode {shown(code)} bukan pertanyaan dalam instrumen {form.instrument}.",
                _nearest(code, form),
            )


def _nearest(code: str, form: Form) -> str:
    if code in form.groups:
        below = [known for known in form.questions if known.startswith(code + ".")]
        return f"Jawab pertanyaan di dalam kelompok ini: {listed(below)}."
    # The longest shared beginning, without case and points, is linear: a file with thousands of unknown
    # codes costs milliseconds, where an edit distance costs minutes.
    plain = {known: _plain(known) for known in form.questions}
    wanted = _plain(code)
    best = max(plain, key=lambda known: _shared(plain[known], wanted), default="")
    if _shared(plain.get(best, ""), wanted) < 2:  # noqa: PLR2004 - one letter in common is no likeness
        return "Lihat daftar kode pertanyaan pada instrumen, lalu betulkan kodenya."
    return f"Ganti dengan {best} bila itu maksudnya."


def _plain(code: str) -> str:
    return "".join(sign for sign in code[:40].casefold() if sign.isalnum())


def _shared(one: str, other: str) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))


def wrong_way(sheet: Document, question: Question, answer: Rows) -> Iterator[Finding]:
    """Find a question answered in the way of another kind, or said to be unanswered and answered at once."""
    ways = given(answer)
    right = question.way
    for way in ways:
        if way != right:
            yield fault(
                sheet,
                _at(question, way),
                Code.CARA_MENJAWAB_SALAH,
                f"Pertanyaan {question.code} meminta {_WAYS[right]}, bukan {_WAYS[way]}.",
                _how_to(question),
            )
    if answer.get("jawab") == UNANSWERED and ways:
        yield fault(
            sheet,
            _at(question, "jawab"),
            Code.CARA_MENJAWAB_SALAH,
            f"Pada {question.code}, jawab: belum bertentangan dengan {ways[0]} yang terisi.",
            f"Hapus jawab: belum, atau hapus {ways[0]}.",
        )


def _how_to(question: Question) -> str:
    match question.way:
        case "isian":
            return f"Tulis isian: {{{', '.join(f'{count}: …' for count in question.counts)}}}."
        case "survei":
            return f"Tulis survei: diikuti id survei {question.survey} dari survei.yaml tahun yang sama."
        case _:
            return f"Tulis jawab: diikuti salah satu dari {', '.join(question.choices)}."


def outside_scale(sheet: Document, question: Question, answer: Rows) -> Iterator[Finding]:
    """Find a choice the scale does not have."""
    choice = answer.get("jawab", UNANSWERED)
    if not question.choices or choice == UNANSWERED or choice in question.choices:
        return
    allowed = ", ".join(question.choices)
    same = [value for value in question.choices if value.casefold() == str(choice).strip().casefold()]
    if same:
        hint = f"Tulis {same[0]}, persis begitu: huruf besar dan kecil dibedakan."
    elif not str(choice).strip(" -–—_.0"):
        hint = f"Bila belum dijawab tulis jawab: belum; bila sudah, pilih salah satu: {allowed}."
    else:
        hint = f"Pilih salah satu: {allowed}; atau belum bila belum dijawab."
    yield fault(
        sheet,
        _at(question, "jawab"),
        Code.JAWABAN_DI_LUAR_SKALA,
        f"Jawaban {shown(choice)} tidak ada pada skala pertanyaan {question.code} ({allowed}).",
        hint,
    )


def missing_count(sheet: Document, question: Question, answer: Rows) -> Iterator[Finding]:
    """Find counts that are not there: an error for those of the formula, a warning for the informative."""
    counts = _counts(question, answer)
    if counts is None:
        return
    for informative, level, why in (
        (False, Level.ERROR, "sehingga pertanyaan ini terhitung belum dijawab"),
        (True, Level.WARNING, "angka itu tidak memengaruhi nilai tetapi diminta instrumen"),
    ):
        absent = [name for name, informs in question.counts.items() if informs is informative and name not in counts]
        if absent:
            yield fault(
                sheet,
                _at(question, "isian"),
                Code.ISIAN_KURANG,
                f"Isian {question.code} belum memuat {listed(absent)}; {why}.",
                f"Tambahkan {listed([f'{name}: …' for name in absent])} (0 bila memang nol).",
                level=level,
            )


def extra_count(sheet: Document, question: Question, answer: Rows) -> Iterator[Finding]:
    """Find counts the question does not ask for."""
    for name in _counts(question, answer) or ():
        if name not in question.counts:
            yield fault(
                sheet,
                (*_at(question, "isian"), name),
                Code.ISIAN_LEBIH,
                f"Isian {shown(name)} tidak diminta pertanyaan {question.code}.",
                f"Hapus isian ini, atau betulkan namanya; yang diminta: {listed(tuple(question.counts))}.",
            )


def negative_count(sheet: Document, question: Question, answer: Rows) -> Iterator[Finding]:
    """Find counts below zero."""
    for name, value in (_counts(question, answer) or {}).items():
        if isinstance(value, int) and value < 0:
            yield fault(
                sheet,
                (*_at(question, "isian"), name),
                Code.ISIAN_NEGATIF,
                f"Isian {shown(name)} pada {question.code} bernilai {value}; jumlah tidak bisa kurang dari nol.",
                "Tulis jumlah yang sebenarnya, 0 atau lebih.",
            )


def part_above_whole(sheet: Document, question: Question, answer: Rows) -> Iterator[Finding]:
    """Find a numerator above its denominator: the ratio counts as 1, so a slip of the pen earns full points.

    A "penurunan" question may rise: its count afterwards has no whole to stay under.
    """
    pair = _ratio(question, answer)
    ratio = question.ratio
    if pair is None or ratio is None or ratio.kind != "rasio" or pair[0] <= pair[1]:
        return
    yield fault(
        sheet,
        (*_at(question, "isian"), ratio.above),
        Code.PEMBILANG_MELEBIHI_PENYEBUT,
        f"Pada {question.code}, {ratio.above} ({pair[0]}) melebihi {_whole(ratio)} ({pair[1]}).",
        "Periksa kedua angka; nilai dihitung paling banyak 100 %.",
        level=Level.WARNING,
    )


def zero_denominator(sheet: Document, question: Question, answer: Rows) -> Iterator[Finding]:
    """Find a ratio over nothing, and say what the registry decides and why: no official rule exists.

    "Penurunan" from 0 to 0 is not among them: the official worksheet says 1 (cell K154).
    """
    pair = _ratio(question, answer)
    ratio = question.ratio
    if pair is None or ratio is None or pair[1] != 0 or (ratio.kind == "penurunan" and pair[0] == 0):
        return
    yield fault(
        sheet,
        (*_at(question, "isian"), ratio.below[0]),
        Code.PENYEBUT_NOL,
        f"Pada {question.code}, {_whole(ratio)} berjumlah 0, sehingga tidak ada yang dapat dibagi; "
        f"registri memberi nilai {ratio.zero_value} (keputusan registri sendiri: {ratio.zero_reason.rstrip('.')}).",
        "Betulkan bila angkanya salah; bila memang nol, jelaskan pada penjelasan.",
        level=Level.WARNING,
    )


def _counts(question: Question, answer: Rows) -> Rows | None:
    counts = answer.get("isian")
    return counts if question.ratio is not None and isinstance(counts, Mapping) else None


def _ratio(question: Question, answer: Rows) -> tuple[int, int] | None:
    """Return numerator and denominator where every count of the formula is there and not negative."""
    counts = _counts(question, answer)
    if counts is None or question.ratio is None:
        return None
    parts = [counts.get(name) for name in (question.ratio.above, *question.ratio.below)]
    whole = [part for part in parts if isinstance(part, int) and part >= 0]
    return (whole[0], sum(whole[1:])) if len(whole) == len(parts) else None


def _whole(ratio: Ratio) -> str:
    return " + ".join(ratio.below)


def _at(question: Question, way: str) -> Pointer:
    return ("jawaban", question.code, way)


_Rule = Callable[[Document, Question, Rows], Iterator[Finding]]

ANSWER_RULES: tuple[_Rule, ...] = (wrong_way, outside_scale)
"""The rules on any answer to a known question."""
COUNT_RULES: tuple[_Rule, ...] = (missing_count, extra_count, negative_count, part_above_whole, zero_denominator)
"""The rules on its counts (`isian`), which most answers have not."""
