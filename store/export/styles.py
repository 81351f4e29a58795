"""What the columns of an exported table are called, and in which order they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.boards import Board, Catalogue, fold
from store.parse.headings import ACCURACY, SCORES, Role
from store.values import Origin, Table, Unit

FURTHER = "further"
"""Stands in an order for the measures and all other columns that the board alone knows."""

ROLES: Mapping[str, Role] = {
    "rank": Role.RANK,
    "rank_style_control": Role.RANK_STYLE,
    "spread": Role.SPREAD,
    "interval": Role.INTERVAL,
    "votes": Role.VOTES,
    "organization": Role.ORGANIZATION,
    "license": Role.LICENSE,
    "cutoff": Role.CUTOFF,
    "url": Role.URL,
    "context": Role.CONTEXT,
}
"""The fields that one column of a table can have; a second column of the kind is kept as text."""

_PAGE: Mapping[str, tuple[str, ...]] = {
    "rank": ("排名", "名次", "rank"),
    "rank_style_control": ("排名(StyleCtrl)", "排名(风格控制)"),
    "spread": ("排名区间", "rank spread"),
    "name": ("模型名", "模型", "model"),
    "interval": ("置信区间", "95% 置信区间"),
    "votes": ("票数", "投票数", "votes"),
    "organization": ("服务商", "机构", "组织", "organization"),
    "license": ("许可协议", "许可证", "license"),
    "cutoff": ("知识截止日期", "知识截止", "cutoff"),
    "url": ("链接", "模型链接", "url"),
    "context": ("上下文", "上下文长度", "context"),
    "price": ("价格 $/百万Token", "价格", "price"),
    "size": ("size", "参数量", "大小"),
    "kind": ("类别", "类型", "category"),
}
_RELE: Mapping[str, tuple[str, ...]] = {
    **_PAGE,
    "name": ("大模型", "模型", "model"),
    "organization": ("机构", "厂商", "organization"),
    "price": ("输出价格", "价格", "price"),
}
_RELEASE: Mapping[str, tuple[str, ...]] = {
    "rank": ("rank", "ranking"),
    "rank_style_control": ("rank_stylectrl", "rank_style_control"),
    "spread": ("rank spread", "rank range"),
    "name": ("model", "model_name"),
    "interval": ("95_pct_ci", "confidence interval"),
    "votes": ("votes", "vote_count"),
    "organization": ("organization", "vendor"),
    "license": ("license", "licence"),
    "cutoff": ("knowledge_cutoff", "cutoff"),
    "url": ("url", "link"),
    "context": ("context", "context window"),
    "price": ("price", "output_price"),
    "size": ("size", "parameters"),
    "kind": ("category", "type"),
}
_ARENA_ORDER = (
    "rank", "rank_style_control", "spread", "name", "score", "interval", "votes", "organization", "license",
    "cutoff", "price", "context", "size", "kind", FURTHER, "url",
)  # fmt: skip
_RELEASE_ORDER = (
    "rank", "rank_style_control", "name", "score", "interval", "votes", "organization", "license", "cutoff",
    "url", "spread", "price", "context", "size", "kind", FURTHER,
)  # fmt: skip
_RELE_ORDER = ("rank", "name", "organization", "kind", "price", "size", "score", FURTHER)
_DOMAIN_ORDER = ("kind", "price", "size", "organization", "name", FURTHER, "score", "rank")


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is laid out: the headings to choose from and the order, by field.

    `always` are fields that have their column even if it is empty; with `apart`, intervals have their
    own column; `plain` numbers have no thousands separators and no more decimals than they need.
    """

    headings: Mapping[str, tuple[str, ...]]
    order: tuple[str, ...]
    score: str
    missing: str = ""
    always: frozenset[str] = frozenset()
    apart: bool = True
    plain: bool = False


def style_page(table: Table, board: Board, catalogue: Catalogue) -> Style:
    """Return the style of a Markdown page: Arena's daily one, or ReLE's of many domains or of one."""
    if board.family == "arena":
        headings = dict(_PAGE)
        if any(row.rank_style_control is not None for row in table.rows):
            headings["rank"] = ("排名(UB)", *_PAGE["rank"])
        return Style(headings, _ARENA_ORDER, table.score_label, missing="暂无数据")
    named = _names_itself(table.score_label, catalogue)
    return Style(
        headings=_RELE,
        order=_RELE_ORDER if named else _DOMAIN_ORDER,
        score=table.score_label,
        missing="/",
        always=frozenset() if named else frozenset({"rank"}),
        apart=False,
    )


def style_release(table: Table, board: Board, catalogue: Catalogue) -> Style:
    """Return the style of a CSV file: the ten columns of the releases for Arena boards, and all others."""
    arena = board.family == "arena"
    released = table.origin is Origin.RELEASE or fold(table.score_label).startswith("arena_")
    clash = any(fold(label) in SCORES for row in table.rows for label in (*row.extras, *row.measures))
    renamed = arena and table.unit is Unit.RATING and not released and not clash
    named = arena or _names_itself(table.score_label, catalogue)
    return Style(
        headings=_RELEASE,
        order=_RELEASE_ORDER if named else _DOMAIN_ORDER,
        score="arena_score" if renamed else table.score_label,
        always=frozenset({*_RELEASE_ORDER[:10]} if arena else {"rank"}) - {"score", "name"},
        apart=arena,
        plain=True,
    )


def _names_itself(label: str, catalogue: Catalogue) -> bool:
    """Tell whether the parser knows a main score by its heading, wherever the column stands."""
    folded = fold(label)
    known = catalogue.dimension_of(label)
    mains = {board.score for board in catalogue.boards.values() if board.family == "arena"}
    if folded in SCORES or (known is not None and known.key in mains):
        return True
    return any(shape.fullmatch(folded) for shape in ACCURACY)
