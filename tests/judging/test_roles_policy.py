"""schema/aturan/peran.yaml, taken strictly: what is not understood is named, with its place."""

import pytest

from generator.judging.roles.policy import PolicyFaulty, Role, build_policy, is_account
from generator.model.document import Kind
from generator.program_files import SCHEMA
from generator.reading.strict_yaml import load

ROLES = (SCHEMA / "aturan" / "peran.yaml").read_text(encoding="utf-8")


def build(text):
    """Return the policy of a text."""
    loaded = load(text.encode(), path="peran.yaml")
    return build_policy(loaded.data, loaded.marks, "peran.yaml")


def test_the_shipped_policy_gives_every_kind_of_file_its_roles() -> None:
    """A unit fills in, TPI and TPN assess, agencies are kept by the maintainers."""
    policy = build(ROLES)
    whole = {kind: set(rule.by) for kind, rule in policy.files.items() if not rule.sections and not rule.items}
    assert whole == {
        Kind.INSTANSI: {Role.PEMELIHARA},
        Kind.MANDIRI: {Role.MANDIRI},
        Kind.TPI: {Role.TPI},
        Kind.TPN: {Role.TPN},
        Kind.PREDIKAT: {Role.TPI, Role.TPN},
        Kind.CLEARANCE: {Role.TPI, Role.TPN},
        Kind.TANGGAPAN: {Role.MANDIRI},
        Kind.KASUS: {Role.TPI, Role.TPN},
    }
    assert (policy.files[Kind.UNIT].by, policy.files[Kind.UNIT].sections) == (
        {Role.MANDIRI},
        {"asal": {Role.PEMELIHARA}},
    )
    assert policy.files[Kind.PEMANTAUAN].sections == {"pernyataan": {Role.MANDIRI}, "pemantauan": {Role.TPI}}
    surveys = policy.files[Kind.SURVEI].items
    assert surveys.by == {
        "unit": {Role.MANDIRI},
        "TPI": {Role.TPI},
        "TPN": {Role.TPN},
        "lembaga": {Role.TPI, Role.TPN},
    }
    assert policy.git_names == {".gitattributes", ".gitmodules", ".mailmap"}


@pytest.mark.parametrize(
    ("old", "new", "pointer", "message"),
    [
        ("unit_baru: [mandiri, tpi]\n", "", "", "Kunci unit_baru tidak ada."),
        ("unit_baru:", "unit_lama: [tpi]\nunit_baru:", "/unit_lama", 'Kunci "unit_lama" tidak dikenal.'),
        ("unit_baru: [mandiri, tpi]", "unit_baru:", "/unit_baru", "Di sini harus ada daftar nama"),
        ("unit_baru: [mandiri, tpi]", "unit_baru: []", "/unit_baru", "Di sini harus ada daftar nama"),
        ("unit_baru: [mandiri, tpi]", "unit_baru: tpi", "/unit_baru", "Di sini harus ada daftar nama"),
        ("unit_baru: [mandiri, tpi]", "unit_baru: [tpi, tpi]", "/unit_baru", "Di sini harus ada daftar nama"),
        ("unit_baru: [mandiri, tpi]", "unit_baru: [tpi, 1]", "/unit_baru", "Di sini harus ada daftar nama"),
        ("unit_baru: [mandiri, tpi]", "unit_baru: [TPI]", "/unit_baru", 'Peran "TPI" tidak dapat dipakai di sini.'),
        ("  tpi: [tpi, tpn]", "  tpi: [mandiri]", "/persetujuan/tpi", 'Peran "mandiri" tidak dapat dipakai di sini.'),
        ("  tpi: [tpi, tpn]", "  wali: [tpn]", "/persetujuan", "Kunci tpi tidak ada."),
        ('"@pemelihara-contoh"', "pemelihara", "/pemelihara", '"pemelihara" bukan akun.'),
        ('"@pemelihara-contoh"', '"@a/b/c"', "/pemelihara", '"@a/b/c" bukan akun.'),
        ("  tpn.yaml:\n    oleh: [tpn]\n", "", "/berkas", "Kunci tpn.yaml tidak ada."),
        ("  tpn.yaml:\n    oleh: [tpn]\n", "  tpn.yaml: [tpn]\n", "/berkas/tpn.yaml", "Di sini harus ada pasangan"),
        ("oleh: [tpn]", "boleh: [tpn]", "/berkas/tpn.yaml", "Kunci oleh tidak ada."),
        ("daftar: survei", "daftar: 1", "/berkas/survei.yaml/butir/daftar", "Di sini harus ada satu nama."),
        ("lembaga: [tpi, tpn]", "lembaga: []", "/berkas/survei.yaml/butir/peran/lembaga", "Di sini harus ada daftar"),
    ],
)
def test_what_is_not_understood_is_named_with_its_place(old, new, pointer, message) -> None:
    """Each fault at its key; a role is never left out in silence."""
    assert ROLES.count(old) == 1
    with pytest.raises(PolicyFaulty) as caught:
        build(ROLES.replace(old, new))
    named = {finding.pointer: finding for finding in caught.value.findings}
    assert named[pointer].message.startswith(message)
    assert named[pointer].line > 0
    assert all(finding.hint and finding.code == "kebijakan-peran" for finding in caught.value.findings)


def test_every_fault_is_named_at_once() -> None:
    """An empty policy lacks each of its keys."""
    with pytest.raises(PolicyFaulty) as caught:
        build("x: 1\n")
    assert len(caught.value.findings) == 8  # seven keys and one that is unknown


@pytest.mark.parametrize("name", ["@a", "@A-b_c", "@bot[bot]", "@org/tim", "@org/tim.satu"])
def test_accounts_and_teams_begin_with_an_at_sign(name) -> None:
    """As the forge writes them."""
    assert is_account(name)


@pytest.mark.parametrize(
    "name", ["a", "@", "@-a", "@a b", "@a\n", "@a/", "@a/b/c", "@а", "Tim @a", "@a@b.go.id", "@a[x]"]
)
def test_other_names_are_only_names(name) -> None:
    """They are shown, and nobody acts under them."""
    assert not is_account(name)
