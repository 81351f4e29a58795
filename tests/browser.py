"""The browser trial, driven as a person drives it: headless Chromium on a trial in a process of its own."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from asyncio.subprocess import PIPE, create_subprocess_exec
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

CHROMIUM = shutil.which("chromium")
# What headless Chromium needs as root on a machine without a network or a graphics card.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ATTEMPTS = 4
PATIENCE = 60_000
"""Milliseconds after which what was awaited on the page counts as missing."""
POSTED_WITHIN = 90
"""Looks for a post; news at once wait for other boards to change."""
BRIEFLY = 5_000
"""Milliseconds after which a person does it again."""


NAME_CHANNELS = r"""() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        texts.currentNode.data = texts.currentNode.data.replace(/<#\d+>/g, "#general");
    }
}"""
"""The trial shows a mentioned channel as it is written; Discord shows its name."""


class Stuck(AssertionError):
    """The page takes no more input."""


class TrialPage:
    """The page of a trial."""

    def __init__(self, page: Page, complaints: list[str]) -> None:
        self.page = page
        self.complaints = complaints

    @property
    def messages(self) -> Locator:
        """All messages of the channel, the oldest first."""
        return self.page.locator("#channel-message-list article.channel-message")

    @property
    def newest(self) -> Locator:
        """The newest message."""
        return self.messages.last

    async def command(self, name: str, /, **options: str) -> None:
        """Pick a command, fill its options choosing the first completion of each, and send it."""

        async def fill_and_send() -> None:
            before = await self.messages.count()
            await self._pick(name)
            for option, value in options.items():
                await self._fill(option, value)
            await self._submit(before)

        await self._reloading(fill_and_send)

    async def send(self, name: str, /, **options: str) -> None:
        """Pick a command, type into its options without choosing a completion, and send it."""

        async def type_and_send() -> None:
            before = await self.messages.count()
            await self._pick(name)
            for option, value in options.items():
                await self._open(option)
                await self.page.locator(f'input[data-option="{option}"]').press_sequentially(value, delay=40)
            await self._submit(before)

        await self._reloading(type_and_send)

    async def complete(self, name: str, option: str, typed: str) -> list[str]:
        """Pick a command, type into an option, and return what is offered; then leave it."""

        async def pick_and_type() -> None:
            await self._pick(name)
            await self._offer(option, typed)

        await self._reloading(pick_and_type)
        offered = await self.page.locator(".command-suggestion-label").all_inner_texts()
        await self.page.locator(".command-context-close").click()
        await self.page.locator("#channel-composer-input").fill("")
        return offered

    async def _reloading(self, deed: Callable[[], Awaitable[None]]) -> None:
        """Do it on a page loaded anew where the preview has lost its thread, which it does now and then."""
        for _ in range(ATTEMPTS - 1):
            with contextlib.suppress(Stuck, PlaywrightTimeout):
                return await deed()
            await self.page.reload()
            await self.newest.wait_for(timeout=PATIENCE)
        return await deed()

    async def wait_for_post(self, before: int) -> None:
        """Wait for a message that nobody asked for; the preview shows those when it is loaded anew."""
        for _ in range(POSTED_WITHIN):
            await self.page.wait_for_timeout(1000)
            await self.page.reload()
            await self.newest.wait_for(timeout=PATIENCE)
            if await self.messages.count() > before:
                return
        raise Stuck("nothing was posted")

    async def choose(self, label: str, until: str) -> None:
        """Choose an option of the first menu below the newest message, which then says something else."""

        async def open_and_choose() -> None:
            await self.newest.locator(".select-trigger").first.click(timeout=BRIEFLY)
            await self.page.get_by_role("option", name=label).first.click(timeout=BRIEFLY)

        await self._insisting(open_and_choose, until)

    async def press(self, name: str, until: str) -> None:
        """Press a button below the newest message, which then says something else."""
        button = self.newest.get_by_role("button", name=name)
        await self._insisting(lambda: button.click(timeout=BRIEFLY), until)

    async def _insisting(self, deed: Callable[[], Awaitable[None]], until: str) -> None:
        """Do it until the newest message says so: what the preview loses, a person does again."""
        for _ in range(ATTEMPTS):
            with contextlib.suppress(PlaywrightTimeout):
                await deed()
                await self.newest.get_by_text(until).first.wait_for(timeout=2 * BRIEFLY)
                return
            await self.page.reload()
            await self.newest.wait_for(timeout=PATIENCE)
            if await self.newest.get_by_text(until).count():
                return
        raise Stuck(f"it does not say {until!r} but {await self.newest.inner_text()!r}")

    async def _pick(self, name: str) -> None:
        composer = self.page.locator("#channel-composer-input")
        await composer.click()
        await composer.press_sequentially(f"/{name}", delay=40)
        exactly = self.page.get_by_text(f"/{name}", exact=True)
        await self.page.locator(".command-entry").filter(has=exactly).click()
        await self.page.locator(".command-chip").wait_for(timeout=PATIENCE)

    async def _submit(self, before: int) -> None:
        """Send the command and wait for its answer; a page that is busy is asked again, as people do."""
        for _ in range(ATTEMPTS):
            with contextlib.suppress(PlaywrightTimeout):
                if await self.messages.count() == before and await self.page.locator(".command-chip").count():
                    await self.page.locator("#send-message").click(timeout=BRIEFLY)
                await self.messages.nth(before).wait_for(timeout=BRIEFLY)
                return
        shown = await self.page.locator("#channel-composer").inner_text()
        raise Stuck(f"the command was not answered: {shown!r}")

    async def _fill(self, option: str, value: str) -> None:
        await self._offer(option, value)
        await self.page.locator(".command-suggestion").first.click()

    async def _open(self, option: str) -> Locator:
        """Return the field of an option; an optional one is added first."""
        field = self.page.locator(f'input[data-option="{option}"]')
        if not await field.count():
            await self.page.locator(f'.command-suggestion[data-value="{option}"]').click()
        return field

    async def _offer(self, option: str, typed: str) -> None:
        """Type into an option and wait for the completions of the whole text."""
        field = await self._open(option)
        await field.press_sequentially(typed, delay=40)
        heading = self.page.locator(".command-popup-heading", has_text=re.compile(re.escape(typed), re.I))
        offered = heading.locator("..").locator(".command-suggestion")
        for _ in range(ATTEMPTS):
            with contextlib.suppress(PlaywrightTimeout):
                await offered.first.wait_for(timeout=BRIEFLY)
                return
            # The page drops a completion that another one overtakes; a person types again.
            await field.press("Backspace")
            await field.press_sequentially(typed[-1])
        shown = await self.page.locator("#channel-composer").inner_text()
        raise Stuck(f"nothing is offered for {typed!r}: {shown!r}")

    async def pictures(self) -> list[int]:
        """Return how many pixels wide the pictures of the newest message are, once all are there."""
        await self.newest.wait_for(timeout=PATIENCE)
        images = self.newest.locator("img")
        for _ in range(PATIENCE // 100):
            widths: list[int] = await images.evaluate_all("all => all.map(each => each.naturalWidth)")
            if all(widths):
                return widths
            await self.page.wait_for_timeout(100)
        raise Stuck("a picture does not come")

    async def picture(self, file: Path, holding: str = "") -> None:
        """Take the picture of the newest message (that holds some text)."""
        await self.page.wait_for_timeout(300)
        await self.pictures()
        await self.page.evaluate(NAME_CHANNELS)
        await self.messages.filter(has_text=holding).last.screenshot(path=file)


@asynccontextmanager
async def open_trial(
    language: str = "en", width: int = 760, height: int = 1400, database: str | None = None
) -> AsyncIterator[TrialPage]:
    """Start a trial on a database (else a new one) and open its page; both end with the block."""
    with tempfile.TemporaryDirectory() as folder:
        url = database or f"sqlite:///{folder}/trial.db"
        settings = {"DATABASE_URL": url, "BANGDAN_LANGUAGE": language}
        trial = await create_subprocess_exec(
            *(sys.executable, "-m", "bot", "try", "--port", "0"),
            stdout=PIPE,
            env=os.environ | settings | {"PYTHONUTF8": "1", "DISCORD_TOKEN": ""},
        )
        try:
            assert trial.stdout is not None
            line = (await trial.stdout.readline()).decode()
            match = re.search(r"http://127\.0\.0\.1:\d+/#[\w-]+", line)
            assert match, line
            async with open_page(match[0], width, height) as page:
                yield page
        finally:
            if trial.returncode is None:
                trial.terminate()
            await trial.wait()


@asynccontextmanager
async def open_page(url: str, width: int = 760, height: int = 1400) -> AsyncIterator[TrialPage]:
    """Open the page of a trial that runs."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1.5)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(url)
        opened = TrialPage(page, complaints)
        await opened.newest.wait_for(timeout=PATIENCE)
        yield opened
        await browser.close()
