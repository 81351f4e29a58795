"""The column headings that boards have printed, and the role that each stands for.

Headings compare folded: NFKC, lower case, no spaces. A dimension's headings are in the catalogue.
"""

from __future__ import annotations

import re
from enum import StrEnum

from store.values import Unit


class Role(StrEnum):
    """What a column holds."""

    RANK = "rank"
    RANK_STYLE = "rank-style-control"
    SPREAD = "rank-spread"
    NAME = "name"
    SCORE = "score"
    INTERVAL = "interval"
    VOTES = "votes"
    ORGANIZATION = "organization"
    LICENSE = "license"
    CUTOFF = "cutoff"
    URL = "url"
    CONTEXT = "context"
    KIND = "kind"
    """Price, size, or commercial and open source: what its cells are only their values tell."""
    MEASURE = "measure"
    GAP = "gap"
    EXTRA = "extra"


REPEATABLE = frozenset({Role.KIND, Role.MEASURE, Role.GAP, Role.EXTRA})
"""Roles that several columns of a board can have."""

ARENA = frozenset({Role.RANK_STYLE, Role.SPREAD, Role.INTERVAL, Role.VOTES, Role.LICENSE, Role.CONTEXT})
"""Roles that only Arena tables have."""

_NAMED: dict[Role, tuple[str, ...]] = {
    Role.NAME: (
        "模型名", "模型", "模型名称", "大模型", "大模型名称", "model", "modelname", "model_name", "models",
        "llm", "largemodel", "largelanguagemodel",
    ),
    Role.VOTES: ("票数", "投票数", "总票数", "投票", "votes", "vote_count", "votecount"),
    Role.ORGANIZATION: (
        "服务商", "组织/公司", "组织", "公司", "机构", "厂商", "提供商", "开发商", "organization",
        "organisation", "org", "vendor", "provider", "institution", "company", "developer",
    ),
    Role.LICENSE: ("许可协议", "协议", "许可证", "许可", "license", "licence"),
    Role.CUTOFF: ("知识截止日期", "知识截止", "截止日期", "knowledge_cutoff", "knowledgecutoff", "cutoff"),
    Role.URL: ("链接", "模型链接", "url", "link"),
    Role.CONTEXT: ("上下文", "上下文长度", "上下文窗口", "context", "contextlength", "contextwindow"),
    Role.KIND: (
        "类别", "类型", "size", "大小", "参数量", "模型大小", "category", "type", "parameters", "价格",
        "输出价格", "price", "outputprice", "output_price",
    ),
}  # fmt: skip

_SHAPED: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.NAME, re.compile(r"(大?模型(名称?)?|model(name)?)\([^()]*\)")),
    (Role.SPREAD, re.compile(r"rank(ing)?(spread|range).*|rank\(upper-lower\)|排名(区间|范围).*")),
    (
        Role.RANK_STYLE,
        re.compile(r"(排名|rank).*style.*|style.*rank|排名\((风格|样式).*|(风格|样式)控制排名"),
    ),
    (
        Role.RANK,
        re.compile(
            r"(排名|名次|rank|ranking|#)\*?(_ub|\((ub|上界|准确率|总分|综合.*|accuracy|score|total)\))?"
        ),
    ),
    (Role.INTERVAL, re.compile(r".*置信区间.*|95_pct_ci|(95%)?ci(95%)?±?(\(±\))?|.*confidenceinterval.*")),
    (Role.VOTES, re.compile(r"#?(投?票数量?|votes)(/(会话数|sessions))?")),
    (Role.ORGANIZATION, re.compile(r"(组织|公司|机构|厂商|服务商)/(组织|公司|机构|厂商|服务商)")),
    (Role.LICENSE, re.compile(r"(许可(证|协议)?|协议)(类型)?")),
    (Role.CUTOFF, re.compile(r"知识截止(日期|时间)?")),
    (Role.CONTEXT, re.compile(r"(上下文|context)(长度|窗口|length|window)?\(.*\)")),
    (Role.KIND, re.compile(r"输入/?输出价格|(输入/?输出|输出|output)?(价格|price)(\(.*\)|[$¥/].*)")),
)

_UNITS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    (Unit.SECONDS, re.compile(r".*(耗时|用时|时延|延迟|latency|(average|avg|response).?time).*")),
    (Unit.YUAN, re.compile(r".*(花费|成本|费用|cost).*")),
    (Unit.TOKENS, re.compile(r".*(消耗|平均|avg|average|output).*token.*")),
    (
        Unit.COUNT,
        re.compile(r"会话数|样本数|对战数|题数|题目数量?|数量|.*(stars?|forks?|下载量)|sessions?|battles"),
    ),
)

SCORES = (
    "总分", "综合能力", "综合得分", "综合评分", "总得分", "总成绩", "分数", "得分", "评分", "score", "scores",
    "竞技场分数", "竞技场得分", "arena分数", "arena评分", "elo分数", "elo评分",
    "arenascore", "arena_score", "arena_elo", "arenaelo", "elo", "rating", "total", "totalscore", "overall",
    "overallscore", "平均分",
    "平均得分", "average", "averagescore",
)  # fmt: skip
"""Headings of a board's main score, the surest first."""

ACCURACY = (
    re.compile(r"【总分】.*|【total】.*"),
    re.compile(r"【[^】]+】.*(准确率|得分|分数|accuracy|score)"),
    re.compile(r"(平均|总|综合)?准确率|(average|overall)?accuracy"),
    re.compile(r"aa-?intelligence(index)?"),
    re.compile(r"(总?分数?|得分|评分|score|arenascore|rating|elo)\((±|elo|[^()]*(95%|ci|置信)[^()]*)\)"),
)
"""Shapes of a main score's heading, where none of SCORES stands."""

_ROLES = {heading: role for role, headings in _NAMED.items() for heading in headings}


def role_of(folded: str) -> Role | None:
    """Return the role that a folded heading names, or None; scores and dimensions are not among them."""
    if not folded:
        return Role.GAP
    named = _ROLES.get(folded)
    if named is not None:
        return named
    return next((role for role, shape in _SHAPED if shape.fullmatch(folded)), None)


def is_general(folded: str) -> bool:
    """Tell whether a folded heading of a score says nothing of what is scored: 得分, 准确率."""
    return folded in SCORES or any(shape.fullmatch(folded) for shape in ACCURACY)


def unit_of(folded: str) -> Unit | None:
    """Return the unit of a column of times, costs, tokens or counts, else None."""
    return next((unit for unit, shape in _UNITS if shape.fullmatch(folded)), None)
