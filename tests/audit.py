"""The audit of dependencies: pip-audit asks a service of the internet what is known of each locked version.

`make audit` runs `python -m tests.audit PIP-AUDIT`. It ends with 0 where every version was looked up and
nothing is known against it, with 1 where something is, and with 2 where the service could not tell of all:
pip-audit itself takes a service that knows nothing for a clean bill.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
"""All that is in the run lock is in this one too."""
SERVICES = ("pypi", "osv")


def ask(program: str, service: str) -> dict[str, Any] | None:
    """Return what pip-audit found by a service, None where it could not ask."""
    words = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")
    command = [program, *words, "--vulnerability-service", service, "--requirement", str(LOCK)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        print(f"{service}: {(done.stderr.strip().splitlines() or ['no answer'])[-1]:.200}")
        return None
    return found


def judge(found: dict[str, Any] | None) -> tuple[int, list[str]]:
    """Return the exit code for what was found, and what to say."""
    known = found["dependencies"] if found else []
    skipped = [each["name"] for each in known if "skip_reason" in each]
    looked_up = len(known) - len(skipped)
    said = [
        f"{each['name']} {each['version']}: {flaw['id']}, fixed in {', '.join(flaw['fix_versions']) or '-'}"
        for each in known
        for flaw in each.get("vulns", ())
    ]
    if said:
        return 1, said
    if not looked_up:
        return 2, ["NOT AUDITED: no service could be reached that knows of vulnerabilities"]
    if skipped:
        return 2, [
            f"{looked_up} audited; NOT AUDITED, since the service does not know them: {', '.join(skipped)}"
        ]
    return 0, [f"{looked_up} dependencies audited, nothing is known against them"]


def main() -> None:
    """Ask one service after another until one tells something."""
    code, said = 2, [""]
    for service in SERVICES:
        code, said = judge(ask(sys.argv[1], service))
        if code != 2:
            break
    print("\n".join(said))
    sys.exit(code)


if __name__ == "__main__":
    main()
