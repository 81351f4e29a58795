"""The rules of the house that a machine can check."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "store").rglob("*.py")])
LONGEST = 250


def test_the_contracts_between_packages_are_kept() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_small(source: Path) -> None:
    assert len(source.read_text("utf-8").splitlines()) <= LONGEST


def test_no_module_is_a_drawer() -> None:
    assert not [path for path in SOURCES if re.search(r"util|helper|manager|misc|common", path.stem)]


def test_every_package_is_installed() -> None:
    """The layout is flat, so setuptools is told each package by name."""
    listed = set(re.findall(r'"((?:bot|store|seeds)[\w.]*)"', (ROOT / "pyproject.toml").read_text("utf-8")))
    folders = {path.parent.relative_to(ROOT) for path in SOURCES if path.name == "__init__.py"}
    packages = {str(folder).replace("/", ".") for folder in folders}
    assert packages <= listed


def test_no_address_of_a_registry_and_no_path_of_a_machine_is_in_the_repository() -> None:
    for name in ("requirements.lock", "requirements-run.lock"):
        lock = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in lock
        assert "://" not in lock
        assert "index-url" not in lock
