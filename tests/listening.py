"""What is logged during a test by whom it is about: what an earlier test left behind may end just now."""

from __future__ import annotations

import asyncio

import pytest


def logged(caplog: pytest.LogCaptureFixture, name: str) -> list[tuple[str, str]]:
    """Return the levels and messages of the logger `name` and of those below it."""
    return [
        (each.levelname, each.getMessage())
        for each in caplog.records
        if each.name == name or each.name.startswith(f"{name}.")
    ]


@pytest.fixture
async def complaints() -> list[str]:
    """What the test's own event loop would log of errors that nobody has heard of."""
    said: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, about: said.append(about["message"]))
    return said
