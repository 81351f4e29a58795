"""The health check of a container: `python -m bot.outside.probe` ends with 0 where the bot is well.

It imports nothing but the standard library's own, since it runs every half a minute.
"""

from __future__ import annotations

import http.client
import os
import sys

ADDRESS = "127.0.0.1:9464"
SECONDS = 5.0


def probe(address: str) -> tuple[bool, str]:
    """Return whether the bot at `address` is well, and what it says of itself."""
    connection = http.client.HTTPConnection(address, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status == http.HTTPStatus.OK, answer.read(4096).decode(errors="replace").strip()
    except (OSError, http.client.HTTPException) as error:
        return False, type(error).__name__
    finally:
        connection.close()


def main() -> None:
    """Ask the bot of this machine, print what it says, and end with 0 or 1."""
    well, said = probe(os.environ.get("BANGDAN_METRICS") or ADDRESS)
    print(said)
    sys.exit(not well)


if __name__ == "__main__":
    main()
