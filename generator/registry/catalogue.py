"""What the program brings to judge with: schemas, instruments, the monitoring cycle."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zlib import crc32

from generator.judging.rules import forms
from generator.judging.rules.forms import Form
from generator.model.failure import Failure
from generator.model.finding import Finding
from generator.program_files import SCHEMA
from generator.reading.schema import Schemas
from generator.reading.shelf import Shelf
from generator.reading.strict_yaml import INSTRUMENT, Loaded, Refused, load

if TYPE_CHECKING:
    from generator.judging.freshness import FreshnessRules
    from generator.judging.life import Norms
    from generator.judging.monitoring import Cycle
    from generator.judging.privacy.allowance import Allowance
    from generator.model.instrument import Instrument


class Catalogue:
    """The contents of schema/; `rules.Norms` is one of its faces.

    Every part is built when it is first asked for, and once: checking one file pays for what it uses.
    """

    def __init__(self, folder: Path, shelf: Shelf | None, instead: Mapping[str, bytes] | None = None) -> None:
        self._folder = folder
        self._shelf = shelf
        self._instead = instead or {}
        self._built: dict[str, Instrument] = {}
        self._forms: dict[str, Form] = {}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file of the folder: another digest, other results."""
        import hashlib  # noqa: PLC0415 - a check of single files keeps no results

        total = hashlib.sha256()
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            total.update(f"{path.relative_to(self._folder).as_posix()}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
        for place, raw in sorted(self._instead.items()):
            total.update(f"{place}\0".encode())
            total.update(hashlib.sha256(raw).digest())
        return total.hexdigest()

    @cached_property
    def schemas(self) -> Schemas:
        """The JSON Schemas of the kinds of file."""
        return Schemas(self._folder)

    @cached_property
    def cycle(self) -> Cycle:
        """The monitoring cycle of aturan/pemantauan.yaml."""
        from generator.judging.monitoring import build_cycle  # noqa: PLC0415 - a sheet is checked without it

        return build_cycle(self._data("aturan/pemantauan.yaml"))

    @cached_property
    def freshness(self) -> FreshnessRules:
        """How long evidence stays fresh: aturan/kesegaran.yaml. Raises `Failure` where the file is not strict."""
        from generator.judging.freshness import build, hold_to  # noqa: PLC0415 - only pages and conclusions ask

        place = "aturan/kesegaran.yaml"
        try:
            rules = build(self._data(place))
            for name in rules.questions:
                instrument = self.instrument(name)
                hold_to(rules, name, () if instrument is None else instrument.questions)
        except ValueError as error:
            raise Failure(f"schema/{place}: {error}.") from None
        return rules

    @cached_property
    def life(self) -> Norms:
        """What says whether a programme is alive: aturan/kehidupan.yaml, with the freshness and the bar it goes by.

        Raises `Failure` where a file is not strict.
        """
        from generator.judging.life import Norms  # noqa: PLC0415 - only pages and conclusions ask
        from generator.judging.life_rules import build  # noqa: PLC0415 - as above

        place = "aturan/kehidupan.yaml"
        try:
            rules = build(self._data(place))
        except ValueError as error:
            raise Failure(f"schema/{place}: {error}.") from None
        return Norms(life=rules, freshness=self.freshness, barred_months=self.barred_months)

    @cached_property
    def allowance(self) -> Allowance:
        """What the privacy guard lets pass: aturan/privasi.yaml. Raises `Failure` where the file is not strict."""
        from generator.judging.privacy.allowance import build  # noqa: PLC0415 - most files need nothing of it

        place = "aturan/privasi.yaml"
        try:
            return build(self._data(place))
        except ValueError as error:
            raise Failure(f"schema/{place}: {error}.") from None

    @property
    def barred_months(self) -> int:
        """Months after a revocation without a new proposal."""
        return self.cycle.barred_months

    @cached_property
    def instrument_ids(self) -> tuple[str, ...]:
        """Ids of every instrument, sorted; an instrument's file is named by its id."""
        places = {f"instrumen/{path.name}" for path in (self._folder / "instrumen").glob("*.yaml")} | set(self._instead)
        return tuple(sorted(PurePosixPath(one).stem for one in places if one.startswith("instrumen/")))

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Every instrument, by id, sorted; raises `Refused` where a file is no strict YAML (a bug of the program)."""
        return {name: self._instrument(name) for name in self.instrument_ids}

    def instrument(self, instrument_id: str) -> Instrument | None:
        """Return the one instrument, building no other; None where there is none of that id."""
        return self._instrument(instrument_id) if instrument_id in self.instrument_ids else None

    def _instrument(self, name: str) -> Instrument:
        from generator.judging.instrument import build  # noqa: PLC0415 - `check` works with forms

        if name not in self._built:
            self._built[name] = build(self._load(name).data)
        return self._built[name]

    def form(self, instrument_id: str) -> Form | None:
        """Return what the one instrument asks; None where there is none of that id."""
        if instrument_id not in self._forms and instrument_id in self.instrument_ids:
            self._forms[instrument_id] = self._form(instrument_id)
        return self._forms.get(instrument_id)

    def _form(self, name: str) -> Form:
        if self._shelf is None:
            return forms.form(self._load(name).data)
        sources = (self._raw(f"instrumen/{name}.yaml"), Path(forms.__file__).read_bytes())
        # a checksum will do: these are the program's own files, nobody forges them against it
        key = "-".join(["formulir", *(f"{crc32(source):08x}" for source in sources)]) + ".json"
        known = self._shelf.get(key, forms.decoded)
        if known is None:
            known = forms.form(self._load(name).data)
            self._shelf.put(key, forms.encoded(known))
        return known

    def _load(self, name: str) -> Loaded:
        place = f"instrumen/{name}.yaml"
        return load(self._raw(place), path=f"schema/{place}", limits=INSTRUMENT)

    def _data(self, place: str) -> Mapping[str, Any]:
        return load(self._raw(place), path=f"schema/{place}").data

    def _raw(self, place: str) -> bytes:
        """Return the bytes of a file of the folder, or those that stand instead of it."""
        return self._instead[place] if place in self._instead else (self._folder / place).read_bytes()

    def faults(self) -> tuple[Finding, ...]:
        """Return what does not add up in the instruments, with paths under schema/."""
        from generator.judging.instrument import faults  # noqa: PLC0415 - a check of single files does not ask

        found: list[Finding] = []
        for name in self.instrument_ids:
            try:
                loaded = self._load(name)
            except Refused as refused:
                found += refused.findings
            else:
                found += faults(f"schema/instrumen/{name}.yaml", loaded.data, loaded.marks)
        return tuple(sorted(found))


def load_catalogue(
    folder: Path = SCHEMA, *, shelf: Shelf | None = None, instead: Mapping[str, bytes] | None = None
) -> Catalogue:
    """Return the catalogue of the folder (the program's own unless a test says otherwise); reads nothing yet.

    With a shelf, what is asked for at every check is worked out once. `instead` has contents that stand in for files
    of the folder, or beside them: "aturan/kesegaran.yaml" -> bytes.
    """
    return Catalogue(folder, shelf, instead)
