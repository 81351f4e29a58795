"""The audit says clearly when it could not look."""

from __future__ import annotations

from typing import Any

from tests.audit import judge

CLEAN = {"name": "a", "version": "1", "vulns": []}
FLAWED = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def test_nothing_known_against_all_is_a_clean_bill() -> None:
    assert judge({"dependencies": [CLEAN, CLEAN]})[0] == 0


def test_a_flaw_is_named_with_the_version_that_has_it_fixed() -> None:
    assert judge({"dependencies": [CLEAN, FLAWED, UNKNOWN]}) == (1, ["b 2: PYSEC-1, fixed in 3"])


def test_what_could_not_be_looked_up_is_no_clean_bill() -> None:
    unknown: list[dict[str, Any] | None] = [
        None,
        {"dependencies": []},
        {"dependencies": [UNKNOWN]},
        {"dependencies": [CLEAN, UNKNOWN]},
    ]
    for found in unknown:
        code, (said,) = judge(found)
        assert code == 2
        assert "NOT AUDITED" in said
