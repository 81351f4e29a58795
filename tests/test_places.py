"""A page of the top models says nothing of the others: they keep their place on the last whole page."""

from __future__ import annotations

from datetime import date

from store.archive import Archive

NAMES = ("alpha-1", "beta-2", "gamma-3", "delta-4")


def page(day: str, rows: int, top: bool, bonus: int = 0) -> bytes:
    title = f"搜索榜单 前 {rows} 名" if top else "搜索榜单"
    lines = "".join(
        f"|{rank}|{name}|{1500 - 10 * rank + bonus}|{100 + rank}|\n"
        for rank, name in enumerate(NAMES[:rows], 1)
    )
    header = "|排名|模型|分数|票数|\n|---|---|---|---|\n"
    return f"# 搜索榜单\n\n> 更新时间: {day}\n\n## {title}\n\n{header}{lines}".encode()


def key(archive: Archive, name: str) -> str:
    model = archive.reference().names.resolve(name).model
    assert model is not None
    return model.key


def filled(archive: Archive) -> Archive:
    archive.intake.add("search-1.md", page("2026-07-01", 4, top=False), "test")
    archive.intake.add("search-2.md", page("2026-08-01", 2, top=True, bonus=5), "test")
    return archive


def day_and_score(archive: Archive, name: str, on: date | None = None) -> list[tuple[str, float | None]]:
    (found,) = archive.standings_of([key(archive, name)], on=on)
    return [(f"{each.snapshot.as_of:%Y-%m-%d}", each.main.score) for each in found]


def test_who_is_on_the_current_page_stands_there(archive: Archive) -> None:
    assert day_and_score(filled(archive), "beta-2") == [("2026-08-01", 1485)]


def test_who_is_beyond_it_stands_where_the_last_whole_page_had_them(archive: Archive) -> None:
    assert day_and_score(filled(archive), "delta-4") == [("2026-07-01", 1460)]


def test_models_are_compared_on_one_page_for_all_of_them(archive: Archive) -> None:
    filled(archive)
    both = archive.side_by_side([key(archive, "beta-2"), key(archive, "delta-4")])
    top = archive.side_by_side([key(archive, "alpha-1"), key(archive, "beta-2")])

    assert [[each.main.score for each in found] for found in both] == [[1480], [1460]]
    assert [[each.main.score for each in found] for found in top] == [[1495], [1485]]


def test_a_whole_page_that_lacks_a_model_says_that_it_is_gone(archive: Archive) -> None:
    filled(archive)
    archive.intake.add("search-3.md", page("2026-09-01", 3, top=False), "test")

    assert day_and_score(archive, "delta-4") == []


def test_a_day_before_the_whole_page_knows_nothing_of_it(archive: Archive) -> None:
    assert day_and_score(filled(archive), "delta-4", date(2026, 6, 1)) == []
    assert day_and_score(archive, "delta-4", date(2026, 8, 15)) == [("2026-07-01", 1460)]
