"""Renames: noticed when a board exchanges a name, proposed once, and decided by a person."""

from __future__ import annotations

import pytest

from store.archive import Archive
from store.renames import Line, pair_renames
from tests.console import Run

HEADER = "|排名(UB)|模型名|分数|票数|\n|---|---|---|---|\n"


def page(day: str, *rows: tuple[str, float, int]) -> bytes:
    lines = "".join(f"|{rank}|{name}|{score}|{votes}|\n" for rank, (name, score, votes) in enumerate(rows, 1))
    return f"# 搜索榜单\n\n> 排名更新时间: {day}\n\n{HEADER}{lines}".encode()


STEADY = ("steady-7b", 1200, 9000)
OLDER = page("2026-01-01", ("meteor-alpha", 1400, 10000), STEADY)
NEWER = page("2026-01-02", ("comet-1", 1401, 10080), STEADY)


def test_one_gone_and_one_come_with_the_same_figures_are_a_pair() -> None:
    old = [Line(1, 1, 1400, 10000), Line(2, 2, 1200, 9000)]
    new = [Line(3, 3, 1401, 10080), Line(2, 2, 1201, 9100)]

    assert pair_renames(old, new) == [(old[0], new[0])]


@pytest.mark.parametrize(
    "came", [Line(3, 3, 1410, 10000), Line(3, 3, 1400, 12000), Line(3, 3, 1400, 500), Line(1, 9, 1400, 10000)]
)
def test_other_figures_or_the_same_model_are_none(came: Line) -> None:
    assert pair_renames([Line(1, 1, 1400, 10000)], [came]) == []


def test_a_line_that_is_like_two_others_is_left_out() -> None:
    old = [Line(1, 1, 1400, 10000)]
    new = [Line(2, 2, 1400, 10000), Line(3, 3, 1401, 10010)]

    assert pair_renames(old, new) == []


@pytest.mark.parametrize("order", [(OLDER, NEWER), (NEWER, OLDER)])
def test_a_rename_is_proposed_once_whichever_page_comes_first(
    archive: Archive, order: tuple[bytes, bytes]
) -> None:
    for content in (*order, *order):
        archive.intake.add("page.md", content, "test")

    (proposal,) = archive.renames.proposals()
    assert (proposal.board, proposal.older, proposal.newer) == ("arena-search", "meteor-alpha", "comet-1")
    assert (proposal.older_score, proposal.newer_votes) == (1400, 10080)


def test_nothing_changes_before_a_person_decides(archive: Archive) -> None:
    archive.intake.add("a.md", OLDER, "test")
    archive.intake.add("b.md", NEWER, "test")
    names = archive.reference().names

    assert names.resolve("meteor-alpha").model != names.resolve("comet-1").model


def test_an_accepted_rename_makes_both_names_one_model(archive: Archive) -> None:
    archive.intake.add("a.md", OLDER, "test")
    archive.intake.add("b.md", NEWER, "test")
    before = archive.reference()
    (proposal,) = archive.renames.proposals()
    assert archive.renames.decide([proposal.id], accept=True) == [proposal.id]

    after = archive.reference()
    model = after.names.resolve("meteor-alpha").model
    assert after is not before
    assert model == after.names.resolve("comet-1").model
    assert model is not None
    assert set(model.printed) == {"meteor-alpha", "comet-1"}
    assert archive.renames.proposals() == ()
    (standing,) = archive.standings_of([model.key])[0]
    assert standing.name == "comet-1"


def test_a_rejected_rename_is_not_proposed_again(archive: Archive) -> None:
    archive.intake.add("a.md", OLDER, "test")
    archive.intake.add("b.md", NEWER, "test")
    (proposal,) = archive.renames.proposals()
    archive.renames.decide([proposal.id], accept=False)
    archive.intake.add("c.md", page("2026-01-03", ("comet-1", 1402, 10100), STEADY), "test")

    assert archive.renames.proposals() == ()
    assert archive.renames.decide([proposal.id], accept=True) == []


def test_a_page_of_the_top_only_proposes_nothing(archive: Archive) -> None:
    archive.intake.add("a.md", OLDER, "test")
    archive.intake.add("b.md", NEWER.replace(b"\n\n|", "\n\n## 前 2 名\n\n|".encode(), 1), "test")

    assert archive.renames.proposals() == ()


def test_the_command_line_lists_and_decides(bangdan: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pages")
    for name, content in (("a.md", OLDER), ("b.md", NEWER)):
        (folder / name).write_bytes(content)
        bangdan("ingest", str(folder / name))
    listed = bangdan("aliases", "review")
    wrong = bangdan("aliases", "review", "--accept", "99")
    accepted = bangdan("aliases", "review", "--accept", listed.stdout.split()[0])
    after = bangdan("aliases", "review")

    assert "meteor-alpha (1400, 10000 votes) → comet-1 (1401, 10080 votes)" in listed.stdout
    assert wrong.returncode == 2
    assert "1 rename decided" in accepted.stdout
    assert "No rename awaits a decision" in after.stdout
    assert "meteor-alpha: comet-1" in bangdan("resolve", "meteor-alpha").stdout
