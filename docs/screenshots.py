"""Drive the browser trial in Chromium and take the pictures of docs/, one a command and language.

Run it with `make screenshots`; it needs Debian's `chromium` (and `fonts-noto-cjk` for Chinese).
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.browser import open_trial

DOCS = Path(__file__).parent
SHOTS: dict[str, dict[str, str]] = {
    "rank": {"model": "qwq-32b"},
    "top": {"field": "法律"},
    "compare": {"first": "qwq-32b", "second": "deepseek-r1"},
    "boards": {},
    "about": {},
}


async def main() -> None:
    """Take every picture in every language."""
    for language in ("en", "zh-CN"):
        async with open_trial(language) as page:
            await page.picture(DOCS / f"trial.{language}.png")
            for name, options in SHOTS.items():
                await page.command(name, **options)
                await page.picture(DOCS / f"{name}.{language}.png")


if __name__ == "__main__":
    asyncio.run(main())
