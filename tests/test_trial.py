"""The browser trial in a real browser: pick a command, complete a name, page, choose, see no error."""

from __future__ import annotations

import pytest

from tests.browser import CHROMIUM, open_trial

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine; Debian's package is `chromium`"
    ),
]


async def test_a_visitor_asks_pages_and_chooses_without_an_error() -> None:
    async with open_trial("en") as trial:
        said = await trial.newest.inner_text()
        assert "This is a trial on your own machine" in said
        assert "DISCORD_TOKEN" in said

        assert (await trial.complete("rank", "model", "qwq"))[:2] == ["QwQ-32B", "QwQ-32B-Preview"]

        await trial.command("rank", model="qwq-32b")
        said = await trial.newest.inner_text()
        assert "#28 (UB) · #38 (StyleCtrl)" in said
        assert "1333 +4/-5" in said

        await trial.command("top", field="法律")
        assert "hunyuan-large" in await trial.newest.inner_text()
        await trial.press("▶", until="2 / 5")
        assert "hunyuan-large" not in await trial.newest.inner_text()

        await trial.send("rank", model="gpt-4o")
        assert "The name also fits other models" in await trial.newest.inner_text()
        await trial.choose("GPT-4o-mini-2024-07-18", until="#57 (UB)")

        await trial.command("model", model="qwq-32b")
        assert await trial.pictures() == [2000]
        await trial.press("Light", until="Dark")
        assert await trial.pictures() == [2000]

        await trial.send("rank", model="gpt-9")
        assert "I know no model called" in await trial.newest.inner_text()
        await trial.command("boards")
        assert "3 boards are stored" in await trial.newest.inner_text()
        assert "uncertain" not in await trial.page.inner_text("body")

        assert trial.complaints == []


async def test_the_trial_speaks_the_language_of_the_settings() -> None:
    async with open_trial("zh-CN") as trial:
        assert "这是在你本机上的试用" in await trial.newest.inner_text()
        await trial.command("top", field="法律")
        said = await trial.newest.inner_text()
        assert "法律 · ReLE 开源榜" in said
        assert "腾讯" in said
