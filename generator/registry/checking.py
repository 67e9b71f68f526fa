"""Everything that is wrong with the files: what reading met, what the rules found, what today and other units say.

It goes folder by folder: the files of one folder are judged by themselves, and what that gave is kept by their
content (`reading.cache`). What depends on today or on other folders is judged on the `Place`s each folder leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from generator import __version__
from generator.judging import privacy, rules
from generator.judging.privacy import telling
from generator.judging.rules.codes import Code
from generator.judging.rules.dated import Reuse, Span, recycling, reuses, span, untimely
from generator.judging.rules.places import FINGERPRINT, ORIGIN, Place
from generator.model.document import Document, Kind
from generator.model.finding import Finding, Level
from generator.reading.paths import FOLDER, Location, locate
from generator.reading.units import absent_files, read_document

if TYPE_CHECKING:
    from generator.reading.blobs import Entry, Tree
    from generator.reading.cache import Cache

    from .catalogue import Catalogue


class Result(NamedTuple):
    """What the files of one folder come to by themselves."""

    findings: tuple[Finding, ...]
    fingerprints: tuple[Place, ...]
    origins: tuple[Place, ...]
    dates: Sequence[Sequence[Any]]
    """Fields of the places with dates: looked at only on a day that their span does not hold."""
    span: Span

    @classmethod
    def of(cls, findings: tuple[Finding, ...], places: tuple[Place, ...]) -> Result:
        """Sort the places by who asks for them."""
        dates = tuple(place for place in places if place.key not in {FINGERPRINT, ORIGIN})
        return cls(
            findings,
            tuple(place for place in places if place.key == FINGERPRINT),
            tuple(place for place in places if place.key == ORIGIN),
            dates,
            span(dates),
        )

    def untimely(self, today: date) -> Iterator[Finding]:
        """Find the dates that today makes wrong."""
        if not self.span.holds(today):
            for fields in self.dates:
                yield from untimely(Place._make(fields), today)


class Checked(NamedTuple):
    """What a check comes to."""

    findings: tuple[Finding, ...]
    """Sorted."""
    reuses: tuple[Reuse, ...]
    """What the notes on recycled evidence say, as values."""


def check(
    tree: Tree,
    catalogue: Catalogue,
    today: date,
    paths: Collection[str] = (),
    *,
    cache: Cache | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """Return everything wrong with the tree, and what evidence is used more than once.

    With `paths` (files or folders, from the registry's root: "units/…") only what is wrong in those: beside them
    no more is read than their rules need, so recycled evidence and old ids are compared within what was read.
    `progress` is told how many of how many folders are done.
    """
    found = [*tree.findings, *absent_files(tree)]
    fingerprints: list[Place] = []
    origins: list[Place] = []
    folders = _folders(tree.entries, paths)
    judge = _Judge(tree, catalogue) if cache is None else _RememberingJudge(tree, catalogue, cache)
    for done, entries in enumerate(folders, start=1):
        result = judge.folder(entries)
        found += result.findings
        found += result.untimely(today)
        fingerprints += result.fingerprints
        origins += result.origins
        if progress is not None:
            progress(done, len(folders))
    recycled = tuple(reuses(fingerprints))
    found += map(recycling, recycled)
    if origins:
        from generator.judging.moves import faulty_origins  # noqa: PLC0415 - few units have moved

        found += faulty_origins(origins, {_location(entry).unit_id for entry in tree.entries})
    if not paths:
        found += judge.catalogue().findings
        found += _no_unit(tree)
    chosen = {finding for finding in found if _is_in(finding.path, paths)}
    return Checked(_discreet({*chosen, *_telling_names(tree, catalogue, paths)}), recycled)


def extent(tree: Tree, paths: Collection[str] = ()) -> tuple[int, int]:
    """Return how many units and files the tree has (in `paths`, where given)."""
    known = [location for entry in tree.entries if _is_in(entry.path, paths) and (location := locate(entry.path))]
    return len({location.unit_id for location in known if location.unit}), len(known)


def _is_in(path: str, paths: Collection[str]) -> bool:
    return not paths or any(path == one or path.startswith(one + "/") for one in paths)


def _no_unit(tree: Tree) -> Iterator[Finding]:
    if not any(location.unit for entry in tree.entries if (location := locate(entry.path))):
        yield Finding(
            path=FOLDER,
            line=0,
            column=0,
            code=Code.REGISTRI_KOSONG,
            level=Level.ERROR,
            pointer="",
            message="Tidak ada satu unit pun di units/.",
            hint="Buat unit pertama dengan zi new unit, atau tunjuk folder registri dengan --root.",
        )


def _telling_names(tree: Tree, catalogue: Catalogue, paths: Collection[str]) -> Iterator[Finding]:
    """Find personal data in the names of files and folders, also of those that are refused."""
    names = {entry.path for entry in tree.entries} | {finding.path for finding in tree.findings}
    if privacy.find("\n".join(names)):
        for name in sorted(names):
            if _is_in(name, paths):
                yield from telling.in_path(name, catalogue.allowance)


def _discreet(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """Return the findings sorted; where one would repeat personal data, it shows it masked."""
    said = "\n".join(f"{one.path}\n{one.pointer}\n{one.message}\n{one.hint}" for one in findings)
    return tuple(sorted(map(telling.discreet, findings) if privacy.find(said) else findings))


def _folders(entries: Iterable[Entry], paths: Collection[str]) -> tuple[tuple[Entry, ...], ...]:
    """Return the files to read, those of one folder together, in the order of their paths."""
    folders: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        folders[entry.path.rpartition("/")[0]].append(entry)
    chosen = ((_chosen(found, paths) if paths else tuple(found)) for _, found in sorted(folders.items()))
    return tuple(found for found in chosen if found)


def _chosen(entries: Collection[Entry], paths: Collection[str]) -> tuple[Entry, ...]:
    """Return the entries in `paths`, and those their rules look into."""
    asked = {_kind(entry) for entry in entries if _is_in(entry.path, paths)}
    needed = asked.union(*(rules.NEEDS.get(kind, ()) for kind in asked))
    return tuple(entry for entry in entries if _kind(entry) in needed)


def _location(entry: Entry) -> Location:
    location = locate(entry.path)
    assert location is not None  # noqa: S101 - a tree holds only entries that can be located
    return location


def _kind(entry: Entry) -> Kind:
    return _location(entry).kind


class _Judge:
    """Judges the files of one folder after another, and the program's own."""

    def __init__(self, tree: Tree, catalogue: Catalogue) -> None:
        self._tree = tree
        self._catalogue = catalogue

    def folder(self, entries: Iterable[Entry]) -> Result:
        """Read the files of one folder and judge them by themselves."""
        found: list[Finding] = []
        documents: dict[Kind, Document] = {}
        unusable: set[Kind] = set()
        year = None
        for entry, raw in self._tree.read(entries):
            location = _location(entry)
            year = location.year
            document, faults = read_document(entry.path, raw, self._catalogue.schemas)
            found += faults
            found += _personal(entry.path, raw, self._catalogue)
            if document is None:
                unusable.add(location.kind)
            else:
                documents[location.kind] = document
        folder = rules.Folder(year=year, documents=documents, unusable=unusable)
        findings, places = rules.timeless(folder, self._catalogue)
        return Result.of((*found, *findings), places)

    def catalogue(self) -> Result:
        """Find what does not add up in the instruments."""
        return Result.of(self._catalogue.faults(), ())


class _RememberingJudge(_Judge):
    """Judges nothing of which the cache knows what came of it."""

    def __init__(self, tree: Tree, catalogue: Catalogue, cache: Cache) -> None:
        import hashlib  # noqa: PLC0415 - a check of single files keeps no results

        from generator.reading.program import program_digest  # noqa: PLC0415 - as above

        super().__init__(tree, catalogue)
        self._cache = cache
        self._ground = hashlib.sha256(f"{__version__}\n{program_digest(cache)}\n{catalogue.digest}\n".encode())
        """What every key begins with: other rules, other results."""

    def folder(self, entries: Iterable[Entry]) -> Result:
        """Return what came of just these files."""
        entries = tuple(entries)
        return self._known(entries, partial(super().folder, entries))

    def catalogue(self) -> Result:
        """Return what came of these instruments: the key of no file."""
        return self._known((), super().catalogue)

    def _known(self, entries: Iterable[Entry], judge: Callable[[], Result]) -> Result:
        key = self._key(entries)
        known = self._cache.get(key, _decoded)
        if known is None:
            known = judge()
            self._cache.put(key, _encoded(known))
        return known

    def _key(self, entries: Iterable[Entry]) -> str:
        total = self._ground.copy()
        for entry in entries:
            total.update(f"{entry.id} {entry.path}\n".encode())
        return total.hexdigest()


def _personal(path: str, raw: bytes, catalogue: Catalogue) -> Iterator[Finding]:
    """Find personal data in the file as it is written, comments included, also where it is no strict YAML."""
    text = raw.decode("utf-8", "replace")
    if privacy.find(text):  # the allow-list is read for few files
        yield from telling.in_text(path, text, catalogue.allowance)


def _encoded(result: Result) -> Mapping[str, Any]:
    return {
        "findings": [[getattr(finding, name) for name in _FIELDS] for finding in result.findings],
        "fingerprints": result.fingerprints,
        "origins": result.origins,
        "dates": result.dates,
        "span": result.span,
    }


def _decoded(value: Any) -> Result:
    """Return the result; raises KeyError, TypeError or ValueError where the value is none."""
    findings = (dict(zip(_FIELDS, row, strict=True)) for row in value["findings"])
    return Result(
        tuple(Finding(**fields | {"level": Level(fields["level"])}) for fields in findings),
        tuple(map(Place._make, value["fingerprints"])),
        tuple(map(Place._make, value["origins"])),
        value["dates"],
        Span._make(value["span"]),
    )


_FIELDS = ("path", "line", "column", "code", "level", "pointer", "message", "hint")
