"""The judgement of a proposal: which rule of roles it breaks. One finding per fault, each with its remedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from generator.model.finding import Finding, Level
from generator.model.review import Review, ReviewState, standing
from generator.model.wording import listed, shown

from .needs import Need, Touched, needs
from .people import People
from .policy import Role, Roles

ROLE_NAMES = {
    Role.MANDIRI: "tim unit kerja",
    Role.TPI: "TPI",
    Role.TPN: "TPN",
    Role.PEMELIHARA: "pemelihara",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a pull request changes, who proposes it and who reviewed it."""

    actor: str
    """The author's `login`; "" for a text that is none."""
    senders: tuple[str, ...] = ()
    """Those it was made for, by a form: they propose as well, and have the author's rights in nothing."""
    head: str
    """Id of its last commit."""
    touched: tuple[Touched, ...]
    """Files of the registry."""
    program: tuple[str, ...]
    """Paths outside units/."""
    strays: tuple[str, ...] = ()
    """Paths under units/ that come in and are no files of the registry: somebody else says so."""
    removed_strays: tuple[str, ...] = ()
    """Such paths that go."""
    reviews: tuple[Review, ...] | None = None
    """In the order they were given; None: reviews are not judged."""

    @property
    def proposers(self) -> frozenset[str]:
        """Whose approval is no approval of another's work."""
        return frozenset({self.actor, *self.senders})


def judge(proposal: Proposal, people: People) -> tuple[Finding, ...]:
    """Return what the proposal must not do, sorted. Approvals are judged of what its author may propose."""
    wanted = tuple(need for touched in proposal.touched for need in needs(touched, people.policy))
    common = reduce(frozenset.intersection, (need.roles for need in wanted), frozenset(Role))
    found = [*_program_and_data(proposal), *(() if common else (_mixed(wanted),))]
    foreign: list[Need] = []
    acting: list[tuple[Need, Role]] = []
    for need in wanted:
        role = _acting(need, common, proposal.actor, people)
        if role is None:
            foreign.append(need)
        else:
            acting.append((need, role))
    found += _foreign(foreign, proposal, people)
    kept = [need.touched.path for need, role in acting if role is Role.PEMELIHARA]
    found += _maintainers([*proposal.program, *proposal.removed_strays, *kept], proposal, people)
    if proposal.reviews is not None:
        found += _improper_approvals(proposal, people)
        found += _missing_approvals([pair for pair in acting if pair[1] is not Role.PEMELIHARA], proposal, people)
    return tuple(sorted(set(found)))


def _acting(need: Need, common: Roles, actor: str, people: People) -> Role | None:
    """Return the role in which the author makes the change; the maintainers' where they can take it on, else None."""
    there = need.touched
    held = [role for role in Role if role in need.roles and people.holds(actor, role, there.agency, there.unit)]
    if held:  # the maintainers come last: an office acts as what it is
        return next((role for role in held if role in common), held[0])
    return Role.PEMELIHARA if Role.PEMELIHARA in need.roles else None


def _program_and_data(proposal: Proposal) -> Iterator[Finding]:
    data = [*(touched.path for touched in proposal.touched), *proposal.strays, *proposal.removed_strays]
    if data and proposal.program:
        yield _fault(
            proposal.program[0],
            "program-dan-data",
            f"Usulan ini mengubah program ({_paths(proposal.program)}) dan isi units/ sekaligus.",
            "Pisahkan menjadi dua usulan: satu hanya units/, satu hanya selainnya.",
        )


def _mixed(wanted: Sequence[Need]) -> Finding:
    by_roles: defaultdict[Roles, list[str]] = defaultdict(list)
    for need in wanted:
        by_roles[need.roles].append(_what(need))
    parts = [f"{_roles(roles)}: {listed(names, 3)}" for roles, names in sorted(by_roles.items(), key=_by_names)]
    return _fault(
        wanted[0].touched.path,
        "peran-bercampur",
        f"Usulan ini mencampur bagian beberapa peran ({'; '.join(parts)}).",
        "Pisahkan menjadi satu usulan untuk setiap peran, masing-masing diajukan orang dari tim itu.",
    )


def _by_names(item: tuple[Roles, list[str]]) -> tuple[str, list[str]]:
    return _roles(item[0]), item[1]


def _foreign(foreign: Sequence[Need], proposal: Proposal, people: People) -> Iterator[Finding]:
    if not foreign:
        return
    actor = _who(proposal.actor)
    agencies = sorted({need.touched.agency for need in foreign})
    if not any(people.knows(proposal.actor, agency) for agency in {touched.agency for touched in proposal.touched}):
        yield _fault(
            foreign[0].touched.path,
            "aktor-tidak-dikenal",
            f"Pengusul {actor} tidak tercantum di tim mana pun dari instansi {listed(agencies)}.",
            "Pakai akun yang tercantum, atau minta pemelihara menambahkan akun ini ke tim di instansi.yaml lebih dulu.",
        )
        return
    for need in foreign:
        yield _fault(
            need.touched.path,
            "bukan-perannya",
            f"Pengusul {actor} mengubah {_what(need)}, padahal yang boleh hanya {_roles(need.roles)}"
            f" {_where(need.touched)}.",
            f"Keluarkan perubahan ini dari usulan; yang boleh mengajukannya: {_accounts(need, people)}.",
        )


def _maintainers(paths: Sequence[str], proposal: Proposal, people: People) -> Iterator[Finding]:
    if not paths:
        return
    if proposal.reviews is None:
        if people.holds(proposal.actor, Role.PEMELIHARA):
            return
        stale: list[str] = []
    else:
        fresh, stale = _approvers(proposal, lambda account: people.holds(account, Role.PEMELIHARA))
        if fresh:
            return
    other = "pemelihara lain" if people.holds(proposal.actor, Role.PEMELIHARA) else "pemelihara"
    what = f"yang dijaga pemelihara ({_paths(paths)})"
    if stale:
        yield _stale(paths[0], stale, f"perubahan {what}")
        return
    yield _fault(
        paths[0],
        "perlu-pemelihara",
        f"Usulan ini mengubah berkas {what} tanpa persetujuan {other}.",
        f"Minta {other} menyetujui commit terakhir: {people.written(people.policy.maintainers)}.",
    )


def _improper_approvals(proposal: Proposal, people: People) -> Iterator[Finding]:
    units = sorted({(one.agency, one.unit) for one in proposal.touched if one.unit})
    first = next(iter([*(touched.path for touched in proposal.touched), *proposal.program, *proposal.strays]), "units")
    for account in _approved(proposal):
        own = [f"{agency}/{unit}" for agency, unit in units if people.of_unit(account, agency, unit)]
        if account in proposal.proposers:
            yield _fault(
                first,
                "disetujui-sendiri",
                f"Pengusul {_who(account)} menyetujui usulannya sendiri.",
                "Cabut persetujuan itu (dismiss review), dan minta orang lain yang berhak.",
            )
        elif own:
            yield _fault(
                f"units/{own[0]}",
                "disetujui-unit-sendiri",
                f"{_who(account)} menyetujui perubahan pada {listed(own)}, padahal termasuk tim unit itu sendiri.",
                "Cabut persetujuan itu (dismiss review); yang menyetujui harus tim penilai di luar unit.",
            )


def _missing_approvals(acting: Iterable[tuple[Need, Role]], proposal: Proposal, people: People) -> Iterator[Finding]:
    wanted: defaultdict[tuple[str, Roles], dict[str, Touched]] = defaultdict(dict)
    for need, role in acting:
        by_unit = wanted[need.touched.agency, people.policy.approval[role]]
        by_unit.setdefault(need.touched.unit, need.touched)
    for (agency, roles), by_unit in sorted(wanted.items(), key=lambda item: (item[0][0], _roles(item[0][1]))):
        lacking: dict[str, Touched] = {}
        late: set[str] = set()
        for unit, touched in by_unit.items():
            fresh, stale = _approvers(proposal, _entitled(people, roles, agency, unit))
            if not fresh:
                lacking[unit] = touched
                late.update(stale)
        if not lacking:
            continue
        first = next(iter(lacking.values())).path
        where = f"perubahan pada {listed([f'{agency}/{unit}' if unit else agency for unit in lacking])}"
        if late:
            yield _stale(first, sorted(late), where)
            continue
        names = people.written(name for role in roles for name in people.names(role, agency, ""))
        yield _fault(
            first,
            "persetujuan-kurang",
            f"Belum ada persetujuan {_roles(roles)} instansi {agency} untuk {where}.",
            f"Minta salah satu menyetujui commit terakhir: {names}. Pengusul dan tim unit tidak dihitung."
            if names
            else f"Cantumkan akun {_roles(roles)} di units/{agency}/instansi.yaml lebih dulu.",
        )


def _entitled(people: People, roles: Collection[Role], agency: str, unit: str) -> Callable[[str], bool]:
    def entitled(account: str) -> bool:
        return any(people.holds(account, role, agency, unit) for role in roles) and not (
            unit and people.of_unit(account, agency, unit)
        )

    return entitled


def _approved(proposal: Proposal) -> dict[str, Review]:
    """Return the reviewers whose last decision is an approval."""
    decisions = standing(proposal.reviews or ())
    return {account: review for account, review in decisions.items() if review.state is ReviewState.APPROVED}


def _approvers(proposal: Proposal, entitled: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """Return who approves the last commit, and who approved an earlier one: those entitled, never who proposed."""
    approved = _approved(proposal).items()
    approvals = {name: one for name, one in approved if name not in proposal.proposers and entitled(name)}
    fresh = [name for name, review in approvals.items() if review.commit == proposal.head]
    return fresh, [name for name in approvals if name not in fresh]


def _stale(path: str, accounts: Sequence[str], what: str) -> Finding:
    names = listed([_who(account) for account in accounts])
    return _fault(
        path,
        "persetujuan-basi",
        f"Persetujuan {names} untuk {what} bukan atas commit terakhir, jadi tidak dihitung.",
        f"Minta {names} memeriksa commit terakhir dan menyetujuinya lagi.",
    )


def _who(account: str) -> str:
    return f"@{account}" if account else "tanpa nama akun yang sah"


def _what(need: Need) -> str:
    name = need.touched.path.removeprefix("units/")
    return f"bagian {shown(need.part)} di {name}" if need.part else name


def _roles(roles: Collection[Role]) -> str:
    return " atau ".join(ROLE_NAMES[role] for role in Role if role in roles)


def _where(touched: Touched) -> str:
    if not touched.known_agency:
        return f"(instansi {touched.agency} belum ada di commit dasar)"
    return f"untuk {touched.agency}/{touched.unit}" if touched.unit else f"untuk instansi {touched.agency}"


def _accounts(need: Need, people: People) -> str:
    there = need.touched
    names = people.written(name for role in need.roles for name in people.names(role, there.agency, there.unit))
    return names or f"belum ada yang tercantum di units/{there.agency}/instansi.yaml"


def _paths(paths: Sequence[str]) -> str:
    return listed([shown(path, 120)[1:-1] for path in paths], 3)


def _fault(path: str, code: str, message: str, hint: str) -> Finding:
    return Finding(path=path, line=0, column=0, code=code, level=Level.ERROR, pointer="", message=message, hint=hint)
