"""Where many models stand at once, on each engine."""

from __future__ import annotations

from datetime import UTC, datetime

from store.archive import Archive


def test_models_stand_where_each_of_them_stands_alone(archive: Archive) -> None:
    keys = list(archive.reference().models)
    lineup = archive.lineup(keys)
    for board, standings in lineup.items():
        leaders = archive.leaders(board)
        best: dict[str, int | None] = {}
        for each in leaders.standings:
            best.setdefault(each.model, each.main.rank or each.main.place)
        assert {each.model: each.main.rank or each.main.place for each in standings} == best
        assert [each.name for each in standings[:3]] == [each.name for each in leaders.standings[:3]]
    assert list(lineup) == [key for key in archive.catalogue.boards if key in lineup]
    assert archive.lineup([]) == {}


def test_a_model_below_a_page_of_the_top_keeps_its_place_of_the_last_whole_page(archive: Archive) -> None:
    for day, title, last, score in ((1, "搜索榜单", 5, 1500), (2, "搜索榜单 前 30 名", 3, 1600)):
        rows = "".join(f"|{n}|comet-{n}b|{score - n}|\n" for n in range(1, last))
        page = f"# {title}\n\n|排名(UB)|模型名|分数|\n|---|---|---|\n{rows}"
        archive.intake.add(
            f"search-{day}.md", page.encode(), "test", as_of=datetime(2026, 1, day, tzinfo=UTC)
        )
    found = archive.lineup(["comet-1b", "comet-4b"])["arena-search"]

    assert [(each.model, each.main.score) for each in found] == [("comet-1b", 1599), ("comet-4b", 1496)]
    assert archive.reference().models["comet-4b"].boards == ("arena-search",)


def test_a_model_that_left_a_board_is_no_more_on_it(archive: Archive) -> None:
    for day, rows in ((1, "|1|comet-1b|1500|\n|2|comet-4b|1400|\n"), (2, "|1|comet-1b|1500|\n")):
        page = f"# 搜索榜单\n\n|排名(UB)|模型名|分数|\n|---|---|---|\n{rows}"
        archive.intake.add(
            f"search-{day}.md", page.encode(), "test", as_of=datetime(2026, 1, day, tzinfo=UTC)
        )

    assert archive.lineup(["comet-4b"]) == {}
    assert archive.reference().models["comet-4b"].boards == ()
    assert archive.reference().models["comet-1b"].boards == ("arena-search",)
