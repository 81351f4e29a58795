"""Makes files in the form of Arena's official data set: python -m tests.dataset_maker OUT.parquet.

Models come and go over the dates, ratings move a little from date to date or stay the same, and ranks
follow from the intervals. One line of `text_style_control` is real (2026-08-03, claude-fable-5).
"""

from __future__ import annotations

import argparse
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

INDUSTRIES = (
    "business_and_management_and_financial_operations",
    "entertainment_and_sports_and_media",
    "legal_and_government",
    "life_and_physical_and_social_science",
    "mathematical",
    "medicine_and_healthcare",
    "software_and_it_services",
    "writing_and_literature_and_language",
)
LANGUAGES = (
    "chinese", "english", "french", "german", "japanese", "korean", "non_english", "russian", "spanish",
)  # fmt: skip
TASKS = (
    "coding", "creative_writing", "expert", "hard_prompts", "hard_prompts_english", "instruction_following",
    "longer_query", "math", "multi_turn",
)  # fmt: skip
TEXT_CATEGORIES = ("overall", *TASKS, *LANGUAGES, *(f"industry_{each}" for each in INDUSTRIES))
CATEGORIES = {
    "text": TEXT_CATEGORIES,
    "text_style_control": TEXT_CATEGORIES,
    "vision": ("overall", "captioning", "diagram", "english", "ocr", "chinese", "non_english"),
    "search": ("overall",),
    "webdev": ("overall",),
    "text_to_image": ("overall", "photorealistic_and_cinematic_imagery", "portraits", "text_rendering"),
    "agent": ("overall",),
}
LAST = date(2026, 8, 3)
REAL = {
    "model_name": "claude-fable-5",
    "organization": "Anthropic",
    "license": "Proprietary",
    "rating": 1508.58,
    "rating_lower": 1502.75,
    "rating_upper": 1514.40,
    "variance": 8.83,
    "vote_count": 17799,
    "rank": 1,
    "category": "overall",
    "leaderboard_publish_date": LAST,
}
VENDORS = (("Anthropic", "Proprietary"), ("Alibaba", "Apache 2.0"), ("DeepSeek", "MIT"), ("Google", "Gemma"))
FAMILIES = ("ananas", "bamboo-pro", "cedar-mini", "dahlia-chat", "elder-instruct", "ficus-turbo")
AGENT_NAMES = {
    "rating": "score",
    "rating_lower": "score_ci_lower",
    "rating_upper": "score_ci_upper",
    "vote_count": "observation_count",
    "variance": "session_count",
}

Line = dict[str, Any]


def make_lines(config: str = "text", rows: int = 2000, seed: int = 1, models: int = 0) -> list[Line]:
    """Return `rows` lines ordered by date, the last of them published on 2026-08-03."""
    categories = CATEGORIES[config]
    models = models or max(6, min(250, rows // (len(categories) * 8)))
    roster = [_name(number) for number in range(models * 3 // 2)]
    days = -(-rows * 20 // (len(categories) * models * 19)) + 1
    made: list[list[Line]] = []
    held = 0
    random = Random(seed)
    while held < rows:
        newest = -len(made) * models // (2 * days)
        active = [roster[(newest + place) % len(roster)] for place in range(models)]
        made.append(_make_day(random, config, categories, active, LAST - timedelta(days=4 * len(made)), made))
        held += len(made[-1])
    made[-1] = made[-1][: len(made[-1]) - (held - rows)]
    return [line for day in reversed(made) for line in day]


def _name(number: int) -> str:
    return f"{FAMILIES[number % len(FAMILIES)]}-{number // len(FAMILIES) + 1}"


def _make_day(
    random: Random,
    config: str,
    categories: Sequence[str],
    active: Sequence[str],
    day: date,
    made: Sequence[list[Line]],
) -> list[Line]:
    if made and len(made) % 5 == 2:  # the very same ratings as on the next date
        return [line | {"leaderboard_publish_date": day} for line in made[-1]]
    lines: list[Line] = []
    for category in categories:
        told = [name for name in active if category == "overall" or random.random() > 0.05]
        drawn = [_draw(random, config, category, name, day) for name in told]
        if config == "text_style_control" and category == "overall" and day == LAST:
            drawn.insert(0, dict(REAL))
        lines += rank_lines(drawn)
    return lines


def _draw(random: Random, config: str, category: str, name: str, day: date) -> Line:
    base = Random(f"{config}{category}{name}").uniform(950, 1490)
    rating = round(base + random.gauss(0, 1.5), 2)
    spread = round(random.uniform(2, 12), 2)
    votes = random.randint(300, 60000)
    if config == "agent":
        rating, spread = round((base - 1220) / 2000, 4), round(spread / 1000, 4)
    organization, license = VENDORS[sum(name.encode()) % len(VENDORS)]
    return {
        "model_name": name,
        "organization": organization,
        "license": license,
        "rating": rating,
        "rating_lower": round(rating - spread, 4),
        "rating_upper": round(rating + spread, 4),
        "variance": votes // 3 if config == "agent" else round((spread / 1.96) ** 2, 4),
        "vote_count": votes,
        "rank": None,
        "category": category,
        "leaderboard_publish_date": day,
    }


def rank_lines(lines: list[Line]) -> list[Line]:
    """Give each line of a category its rank: 1 + the models whose lower bound lies above its upper one."""
    lows = sorted(line["rating_lower"] for line in lines)
    for line in lines:
        line["rank"] = 1 + len(lows) - bisect_right(lows, line["rating_upper"])
    return lines


def order_lines(lines: Iterable[Line], order: str, seed: int = 1) -> list[Line]:
    """Return the lines by date, by category, or at random."""
    ordered = list(lines)
    if order == "random":
        Random(seed).shuffle(ordered)
    else:
        ordered.sort(key=lambda line: line["leaderboard_publish_date" if order == "date" else "category"])
    return ordered


def make_table(lines: Sequence[Line], *, agent: bool = False, float_ranks: bool = False) -> pa.Table:
    """Return the lines as a table with the names and types of the real data set."""
    types = {
        "model_name": pa.string(),
        "organization": pa.string(),
        "license": pa.string(),
        "rating": pa.float64(),
        "rating_lower": pa.float64(),
        "rating_upper": pa.float64(),
        "variance": pa.int64() if agent else pa.float64(),
        "vote_count": pa.int64(),
        "rank": pa.float64() if float_ranks else pa.int64(),
        "category": pa.string(),
        "leaderboard_publish_date": pa.date32(),
    }
    columns = {name: pa.array([line[name] for line in lines], kind) for name, kind in types.items()}
    return pa.table({AGENT_NAMES.get(name, name) if agent else name: each for name, each in columns.items()})


def pack(table: pa.Table, row_group: int | None = None, compression: str = "snappy") -> bytes:
    """Return the table as a parquet file whose pages carry checksums."""
    packed = BytesIO()
    pq.write_table(table, packed, row_group_size=row_group, compression=compression, write_page_checksum=True)
    return packed.getvalue()


def main() -> None:
    """Write a file as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--config", default="text", choices=sorted(CATEGORIES))
    parser.add_argument("--rows", type=int, default=1_100_000)
    parser.add_argument("--order", default="date", choices=("date", "category", "random"))
    parser.add_argument("--row-group", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--float-ranks", action="store_true")
    asked = parser.parse_args()
    lines = order_lines(make_lines(asked.config, asked.rows, asked.seed), asked.order, asked.seed)
    table = make_table(lines, agent=asked.config == "agent", float_ranks=asked.float_ranks)
    pq.write_table(table, asked.out, row_group_size=asked.row_group or len(table), write_page_checksum=True)


if __name__ == "__main__":
    main()
