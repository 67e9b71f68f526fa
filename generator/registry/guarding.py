"""A proposal judged by the roles of the commit it asks to be merged into."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.judging.moves import declared_origins
from generator.judging.roles.judgement import Proposal, judge
from generator.judging.roles.needs import Content, Touched, Without, looks_inside
from generator.judging.roles.owners import owners_text
from generator.judging.roles.people import NOBODY, Agency, People, agency_people, login
from generator.judging.roles.policy import Policy, PolicyFaulty, build_policy
from generator.model.document import Kind
from generator.model.failure import Failure
from generator.model.finding import Finding, Level
from generator.program_files import SCHEMA
from generator.reading.blobs import Tree, open_tree
from generator.reading.git import commit_id
from generator.reading.paths import FOLDER, Location, fault, locate, visible
from generator.reading.pull_request import ABSENT, REGULAR, Changed, PullRequest, file_at, pull_request
from generator.reading.strict_yaml import Refused, load

if TYPE_CHECKING:
    from generator.model.review import Review
    from generator.reading.blobs import Entry

POLICY = "schema/aturan/peran.yaml"
_MOST_FOLDERS = 200
"""Agencies listed one by one; beyond, the whole tree: a command line has an end."""
_MOST_ORIGINS = 20
"""Old ids of one unit, as unit.schema.json allows."""
_LINKS = {"120000": "tautan simbolik (symlink)", "160000": "submodul Git"}


class Guarded(NamedTuple):
    """What is wrong with a proposal, and how much it changes."""

    findings: tuple[Finding, ...]
    """Sorted."""
    units: int
    files: int


def guard(
    root: Path,
    base: str,
    head: str,
    *,
    actor: str,
    reviews: tuple[Review, ...] | None = None,
    members: Mapping[str, frozenset[str]] | None = None,
) -> Guarded:
    """Judge what HEAD changes by the roles that BASE states; nothing of HEAD is taken as a rule, nothing is run.

    Without `reviews` only what the author may propose is judged. Raises `RepositoryUnusable` as `pull_request` does,
    and `Failure` where the policy of BASE is not understood.
    """
    request = pull_request(root, base, head)
    policy = read_policy(file_at(root, request.base, POLICY))
    # what steers Git is a fault by itself, whoever brings it
    changed = [one for one in request.changed if _folded_name(one.path) not in policy.git_names]
    inside = [one for one in changed if _is_data(one.path)]
    located = {one.path: place for one in inside if (place := locate(one.path))}
    agencies = sorted({place.agency for place in located.values()})
    near = [f"{FOLDER}/{agency}" for agency in agencies] if len(agencies) <= _MOST_FOLDERS else []
    # no agency: a folder that cannot be, rather than every file of the registry
    near = near or ([] if agencies else [f"{FOLDER}/_"])
    with (
        open_tree(root, request.base, near=near) as standing,
        open_tree(root, request.start, near=near) as before,
        open_tree(root, request.head, near=near) as after,
    ):
        proposal = Proposal(
            actor=login(actor),
            senders=request.senders,
            head=request.head,
            touched=_touched(request, located, policy, _Sides(standing, before, after)),
            program=tuple(one.path for one in changed if not _is_data(one.path)),
            strays=tuple(one.path for one in inside if one.path not in located and one.after != ABSENT),
            removed_strays=tuple(one.path for one in inside if one.path not in located and one.after == ABSENT),
            reviews=reviews,
        )
        people = People(policy=policy, agencies=_people(standing, agencies), members=members or {})
    found = [*judge(proposal, people), *_special(request.changed, policy), *_proposed_policy(root, request)]
    return Guarded(
        findings=tuple(sorted({replace(finding, path=visible(finding.path)) for finding in found})),
        units=len({place.unit_id for place in located.values() if place.unit}),
        files=len(request.changed),
    )


def read_policy(raw: bytes | None) -> Policy:
    """Return the policy of the file's bytes; None: the program's own, as for a registry that states none.

    Raises `Failure` where it is not understood: then nothing can be allowed.
    """
    content = (SCHEMA / "aturan" / "peran.yaml").read_bytes() if raw is None else raw
    try:
        return _policy(content)
    except (Refused, PolicyFaulty) as refused:
        first, *rest = refused.findings
        more = f" (dan {len(rest)} hal lain)" if rest else ""
        raise Failure(f"{POLICY}:{first.line}: {first.message} {first.hint}{more}") from None


def standing_policy(root: Path, rev: str | None = None) -> Policy:
    """Return the policy of a revision, or of the work tree (None); raises as `read_policy` and `file_at` do."""
    if rev is not None:
        return read_policy(file_at(root, commit_id(root, rev), POLICY))
    own = root / POLICY
    return read_policy(own.read_bytes() if own.is_file() and not own.is_symlink() else None)


def _policy(raw: bytes) -> Policy:
    loaded = load(raw, path=POLICY)
    return build_policy(loaded.data, loaded.marks, POLICY)


def _proposed_policy(root: Path, request: PullRequest) -> tuple[Finding, ...]:
    """Find what would not be understood in the policy that HEAD brings: merged, it would stop every proposal."""
    if POLICY not in {one.path for one in request.changed}:
        return ()
    raw = file_at(root, request.head, POLICY)
    try:
        if raw is not None:
            _policy(raw)
    except (Refused, PolicyFaulty) as refused:
        return refused.findings
    return ()


def read_people(tree: Tree) -> Mapping[str, Agency]:
    """Return the people of every agency of the tree, by its id, sorted; a file that cannot be read names nobody."""
    agencies = {place.agency for entry in tree.entries if (place := locate(entry.path))}
    return _people(tree, sorted(agencies))


def codeowners(root: Path) -> str:
    """Return the CODEOWNERS file of the registry in the work tree; raises `Failure` as `read_policy` does."""
    policy = standing_policy(root)
    with open_tree(root) as tree:
        return owners_text(People(policy=policy, agencies=read_people(tree)))


def _people(tree: Tree, agencies: Collection[str]) -> Mapping[str, Agency]:
    files = {entry.path: entry for entry in tree.entries}
    found: dict[str, Agency] = {}
    for agency in agencies:
        data = _content(tree, files, f"{FOLDER}/{agency}/instansi.yaml")
        found[agency] = NOBODY if isinstance(data, Without) else agency_people(data)
    return found


class _Sides(NamedTuple):
    """The three states a proposal is looked at in."""

    standing: Tree
    before: Tree
    after: Tree


def _touched(
    request: PullRequest, located: Mapping[str, Location], policy: Policy, sides: _Sides
) -> tuple[Touched, ...]:
    known = {place for entry in sides.standing.entries if (found := locate(entry.path)) for place in _folders(found)}
    old, new = ({entry.path: entry for entry in tree.entries} for tree in (sides.before, sides.after))
    touched = []
    for one in request.changed:
        place = located.get(one.path)
        if place is None:
            continue
        inside = looks_inside(policy, place.kind)
        touched.append(
            Touched(
                path=one.path,
                kind=place.kind,
                agency=place.agency,
                unit=place.unit,
                before=_side(sides.before, old, one.path, one.before, inside=inside),
                after=_side(sides.after, new, one.path, one.after, inside=inside),
                known_unit=place.unit_id in known,
                known_agency=place.agency in known,
            )
        )
    moved = _moved(request.changed, located, touched, {place.unit_id for path in new if (place := locate(path))})
    return tuple(replace(one, moved=one.path in moved) for one in touched)


def _moved(
    changed: Collection[Changed], located: Mapping[str, Location], touched: Collection[Touched], left: Collection[str]
) -> frozenset[str]:
    """Return the paths that go and come with a unit that moves: one that is new and says where it was (`asal`).

    The old folder is gone (not among `left`, the units of the head), and each file but unit.yaml comes as it went.
    """
    went = {one.path: one.old_id for one in changed if one.after == ABSENT}
    came: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in changed:
        if one.path in located and one.before == ABSENT and one.after == REGULAR:
            came[located[one.path].unit_id][one.path] = one.new_id
    found: set[str] = set()
    for profile in touched:
        if profile.kind is not Kind.UNIT or profile.known_unit or isinstance(profile.after, Without):
            continue
        new = f"{profile.agency}/{profile.unit}"
        for old in declared_origins(profile.after)[:_MOST_ORIGINS]:
            if old in left or f"{FOLDER}/{old}/unit.yaml" not in went:
                continue
            found |= {profile.path, f"{FOLDER}/{old}/unit.yaml"}
            for path, content in came[new].items():
                source = f"{FOLDER}/{old}/{path.removeprefix(f'{FOLDER}/{new}/')}"
                if went.get(source) == content:
                    found |= {path, source}
    return frozenset(found)


def _folders(place: Location) -> tuple[str, str]:
    return place.agency, place.unit_id


def _side(tree: Tree, files: Mapping[str, Entry], path: str, mode: str, *, inside: bool) -> Content:
    if mode == ABSENT:
        return Without.FILE
    return _content(tree, files, path) if inside else Without.SENSE


def _content(tree: Tree, files: Mapping[str, Entry], path: str) -> Content:
    entry = files.get(path)
    if entry is None:  # not a regular file, or too large: `Tree.findings` says so to whoever checks the tree
        return Without.SENSE
    ((_, raw),) = tree.read([entry])
    try:
        return load(raw, path=path).data
    except Refused:
        return Without.SENSE


def _is_data(path: str) -> bool:
    return path == FOLDER or path.startswith(f"{FOLDER}/")


def _special(changed: Collection[Changed], policy: Policy) -> list[Finding]:
    """Find what no role may bring in: files that steer Git, links, submodules, files the registry does not have."""
    found: list[Finding] = []
    for path, before, after, *_ in changed:
        name = _folded_name(path)
        if name in policy.git_names:
            found.append(
                _fault(
                    path,
                    "berkas-git-khusus",
                    f"Usulan ini mengubah {name}, yang mengatur cara Git memperlihatkan isi.",
                    "Keluarkan perubahan ini dari usulan; pemelihara menanganinya sendiri di luar usulan.",
                )
            )
        elif after in _LINKS or (after not in {REGULAR, ABSENT, before} and _is_data(path)):
            kind = _LINKS.get(after, "berkas yang dapat dijalankan")
            found.append(
                _fault(
                    path,
                    "mode-berkas",
                    f"Usulan ini memasukkan {kind}.",
                    "Ganti dengan berkas biasa (bukan tautan, tanpa hak jalan), atau keluarkan dari usulan.",
                )
            )
        elif _is_data(path) and after != ABSENT and locate(path) is None:
            found.append(fault(path) if path != FOLDER else _no_folder())
    return found


def _no_folder() -> Finding:
    return _fault(
        FOLDER, "mode-berkas", f"{FOLDER} menjadi berkas, bukan folder.", "Keluarkan perubahan ini dari usulan."
    )


def _folded_name(path: str) -> str:
    """Return the last part as a file system sees it that tells neither letter case nor invisible characters apart."""
    name = unicodedata.normalize("NFKC", path.rpartition("/")[2])
    return "".join(sign for sign in name if sign.isprintable()).casefold()


def _fault(path: str, code: str, message: str, hint: str) -> Finding:
    return Finding(path=path, line=0, column=0, code=code, level=Level.ERROR, pointer="", message=message, hint=hint)
