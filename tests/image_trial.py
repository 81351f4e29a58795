"""The image without Docker: its build steps in a folder, and the bot in it as the container would run it.

`python -m tests.image_trial` takes the steps of the first part from the Dockerfile itself, and then runs the
bot as user 10001, without any capability, on a file system that is read-only but for /tmp and its data,
against the loopback Discord and PostgreSQL. It wants root, Linux and the package registry.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.databases import PostgresMaker
from tests.discord_api import DiscordApi

ROOT = Path(__file__).parent.parent
USER = "10001"
SETTLED = 30.0
UNWANTED = ("pytest", "simcord", "mypy", "ruff", "hypothesis", "playwright", "pip", "setuptools")

CONTAINER = r"""
mount --make-rprivate /
mount --bind "$DATA" "$DATA"
mount -o remount,ro,bind /
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
cd "$DATA"
exec setpriv --reuid=10001 --regid=10001 --clear-groups \
    --inh-caps=-all --bounding-set=-all --no-new-privs "$@"
"""


def build_steps() -> list[str]:
    """Return the commands of the Dockerfile's first part."""
    first = (ROOT / "Dockerfile").read_text("utf-8").split("\nFROM ")[1].replace("\\\n", " ")
    return re.findall(r"^RUN (.+)$", first, flags=re.MULTILINE)


def build(source: Path, image: Path) -> None:
    """Take the build steps with `image` in the place of /opt/bangdan, and a Python that anybody may read."""
    python = image.parent / "python"
    subprocess.run(["cp", "-a", "--link", sys.base_prefix, python], check=True)
    path = f"{python / 'bin'}:{os.environ['PATH']}"
    for name in ("requirements-run.lock", "pyproject.toml", "README.md", "LICENSE", "bot", "store", "seeds"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    for step in build_steps():
        print("+", step, flush=True)
        subprocess.run(
            ["sh", "-ec", step.replace("/opt/bangdan", str(image))],
            cwd=source,
            env=os.environ | {"PATH": path},
            check=True,
        )


def contain(data: Path, *command: str) -> list[str]:
    """Return a command line that runs a command as the container does."""
    return ["env", f"DATA={data}", "unshare", "--mount", "sh", "-ec", CONTAINER, "sh", *command]


async def try_out(image: Path, data: Path, url: str) -> None:
    """Run the bot until its health check is content, and ask it something."""
    python = str(image / "bin" / "python")
    for name in UNWANTED:
        missing = subprocess.run([python, "-c", f"import {name}"], capture_output=True, check=False)
        assert missing.returncode, f"{name} is in the image"
    settings = {
        "PATH": f"{image / 'bin'}:{os.environ['PATH']}",
        "HOME": str(data),
        "LD_LIBRARY_PATH": str(image.parent / "python" / "lib"),
        "DATABASE_URL": url,
        "BANGDAN_LOG_FORMAT": "json",
        "BANGDAN_REFRESH": "false",
        "PYTHONOPTIMIZE": "2",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    async with DiscordApi() as api:
        settings |= {"BANGDAN_DISCORD_API": api.api_url, "BANGDAN_DISCORD_GATEWAY": api.gateway_url}
        channel = api.add_guild().add_text_channel("models")
        alice = channel.guild.add_member("alice")
        began = time.monotonic()
        async with api.spawn(*contain(data, str(image / "bin" / "bangdan"), "run"), env=settings, seconds=60):
            print(f"connected after {time.monotonic() - began:.1f} s")
            while subprocess.run([python, "-m", "bot.outside.probe"], cwd="/", check=False).returncode:
                assert time.monotonic() - began < SETTLED, "the health check never was content"
                await asyncio.sleep(0.5)
            answer = (await alice.slash(channel, "rank", model="qwq-32b")).check()
            assert "1333" in answer.message.text
            pictured = (await alice.slash(channel, "history", model="qwq-32b")).check()
            assert pictured.message.attachments, "no picture was drawn"
            print("answered, with a picture")


def main() -> None:
    """Build, run, and tell the size."""
    if not hasattr(os, "unshare") and shutil.which("unshare") is None:
        sys.exit("this needs Linux")
    with tempfile.TemporaryDirectory(prefix="bangdan-image-", dir="/var/tmp") as folder:
        source, image, data = (Path(folder) / name for name in ("source", "image", "data"))
        source.mkdir()
        data.mkdir()
        os.chmod(folder, 0o755)
        shutil.chown(data, int(USER), int(USER))
        build(source, image)
        size = sum(each.lstat().st_blocks for each in image.rglob("*")) * 512 // 2**20
        print(f"the environment takes {size} MB")
        shutil.rmtree(source)
        with (maker := PostgresMaker()).empty() as url:
            asyncio.run(try_out(image, data, url))
        maker.close()


if __name__ == "__main__":
    main()
