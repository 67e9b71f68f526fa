"""The arrows of the program: model <- reading, judging <- registry <- publishing <- cli."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[1] / "generator"

# Part -> parts it may import. A part is a folder or a module of generator/.
ARROWS = {
    "model": set(),
    "program_files": set(),
    "canonical": {"model"},
    "reading": {"model", "program_files"},
    "judging": {"model"},
    "registry": {"model", "program_files", "reading", "judging"},
    "publishing": {"model", "program_files", "registry", "judging"},
    "writing": {"model"},
    "scaffolding": {"model", "program_files", "registry", "canonical", "reading"},
    "stamping": {"reading"},
    "exchange": {"model", "program_files", "canonical", "reading", "registry", "writing"},
    "demo": {"model", "program_files", "registry", "judging", "canonical", "reading", "writing"},
    "cli": {
        "model",
        "program_files",
        "canonical",
        "reading",
        "judging",
        "registry",
        "publishing",
        "writing",
        "scaffolding",
        "stamping",
        "exchange",
        "demo",
    },
    "__main__": {"cli"},
    "__init__": set(),
}

# Package -> the only places that may import it.
DOORS = {
    "git": {"reading/history.py"},
    "click": {"cli"},
    "ruamel": {"exchange"},
    "stdnum": {"judging/privacy/identity.py"},
    "phonenumbers": {"judging/privacy/contacts.py"},
    "rich": {"cli"},
    "socket": set(),
    "urllib.request": set(),
    "requests": set(),
    "random": {"demo"},
    "pickle": set(),
}


def modules():
    """Every module of the program: its part, its path inside generator/, its syntax tree."""
    for path in sorted(GENERATOR.rglob("*.py")):
        inside = path.relative_to(GENERATOR)
        part = inside.parts[0].removesuffix(".py")
        yield part, inside.as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(path, tree):
    """Names of all modules a module imports anywhere, relative ones made absolute."""
    package = ["generator", *Path(path).parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{name}.{alias.name}" for alias in node.names) if name == "generator" else (name,)


@pytest.mark.parametrize(("part", "path", "tree"), [pytest.param(*m, id=m[1]) for m in modules()])
def test_a_module_imports_only_along_the_arrows(part, path, tree):
    """No module looks back up the data flow."""
    ours = {name.split(".")[1] for name in imported(path, tree) if name.startswith("generator.")}
    assert ours - {part, "__version__"} <= ARROWS[part]


@pytest.mark.parametrize(("part", "path", "tree"), [pytest.param(*m, id=m[1]) for m in modules()])
def test_a_package_is_imported_only_at_its_door(part, path, tree):
    """One module speaks to Git's library, only commands print, and nothing in the program opens a connection."""
    for name in imported(path, tree):
        for package, doors in DOORS.items():
            if name == package or name.startswith(package + "."):
                assert part in doors or path in doors, f"{path} imports {name}"


def test_judging_and_model_do_no_input_or_output():
    """Scores and rules can be tested without a file or a date."""
    forbidden = {"pathlib", "os", "io", "subprocess", "sqlite3", "tempfile", "shutil", "time"}
    for part, path, tree in modules():
        if part in {"judging", "model"}:
            assert not forbidden & {name.split(".")[0] for name in imported(path, tree)}, path
            calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
            assert not {"open", "print", "input"} & calls, path


def test_score_code_holds_no_float():
    """Exact numbers only: no float literal, no call of float or round, in what computes or shows a figure."""
    for part, path, tree in modules():
        if part in {"judging", "model", "registry"}:
            for node in ast.walk(tree):
                assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
                called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                assert not (called and node.func.id in {"float", "round"}), path


def test_checking_a_file_loads_no_heavy_package(tmp_path):
    """`zi check FILE` starts light: Git's library, MkDocs, Jinja and jsonschema stay unloaded."""
    unit = tmp_path / "units/contoh/kppn-satu"
    unit.mkdir(parents=True)
    (tmp_path / "units/contoh/instansi.yaml").write_text("nama: Instansi Contoh\n", encoding="utf-8")
    (unit / "unit.yaml").write_text("nama: KPPN Contoh Satu\n", encoding="utf-8")
    program = (
        "import sys\n"
        "from generator.cli import main\n"
        f"sys.argv = ['zi', 'check', '--root', {str(tmp_path)!r}, {str(unit / 'unit.yaml')!r}]\n"
        "try:\n    main()\n"
        "finally:\n"
        "    heavy = {'git', 'mkdocs', 'jinja2', 'jsonschema', 'rich', 'ruamel', 'stdnum', 'phonenumbers'}\n"
        "    print('LOADED', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_importing_a_benchmark_measures_nothing():
    """Whoever looks for one of its functions does not start all of it, nor does the program run."""
    program = "import bench.__main__, generator.__main__"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=GENERATOR.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
