"""Drive the browser trial in Chromium and take the pictures of docs/, one an answer and language.

Run it with `make screenshots`; it needs Debian's `chromium` (and `fonts-noto-cjk` for Chinese).
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.browser import open_trial

DOCS = Path(__file__).parent
Shot = tuple[str, str, dict[str, str]]
SHOTS: tuple[Shot, ...] = (
    ("rank", "rank", {"model": "qwq-32b"}),
    ("ambiguous", "rank", {"model": "gpt-4o"}),
    ("unknown", "rank", {"model": "gpt-9"}),
    ("top", "top", {"field": "法律"}),
    ("compare", "compare", {"first": "qwq-32b", "second": "deepseek-r1"}),
    ("history", "history", {"model": "deepseek-r1"}),
    ("model", "model", {"model": "qwq-32b"}),
    ("value", "value", {"field": "20b"}),
    ("boards", "boards", {}),
    ("about", "about", {}),
    ("alias-add", "alias add", {"name": "镇群之宝", "model": "qwq-32b"}),
    ("alias-list", "alias list", {}),
)


async def main() -> None:
    """Take every picture in every language."""
    for language in ("en", "zh-CN"):
        async with open_trial(language) as page:
            await page.picture(DOCS / f"trial.{language}.png")
            for name, command, options in SHOTS:
                await page.send(command, **options)
                await page.picture(DOCS / f"{name}.{language}.png")


if __name__ == "__main__":
    asyncio.run(main())
