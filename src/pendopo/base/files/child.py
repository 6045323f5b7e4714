"""Documents of strangers are opened by a child process with limits on time and memory and without our secrets.

A crash, a hang or a memory bomb costs that child and nothing else, as for HEIC (heic.py).
"""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

SECONDS = 30
CPU_SECONDS = 25
MEMORY = 1024 * 1024 * 1024  # bytes of address space
_SCRIPTS = Path(__file__).parent / "children"

# Two at a time for each process: many documents at once must not eat the memory of the server.
_slots = threading.BoundedSemaphore(2)


class Failed(Exception):
    """The child crashed, took too long, needed too much memory or could not read the bytes."""


def ask(script: str, *arguments: int | str, data: bytes) -> dict[str, Any]:
    """What `children/<script>.py` says about the bytes. Raises Failed."""
    command = [
        sys.executable, "-I", "-X", "utf8", str(_SCRIPTS / "limited.py"), str(MEMORY), str(CPU_SECONDS),
        str(_SCRIPTS / f"{script}.py"), *map(str, arguments),
    ]  # fmt: skip
    with _slots:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and scripts, nothing from outside but stdin
                command,
                input=data,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                env={"OPENPYXL_LXML": "False"},  # no secret of ours; openpyxl reads with defusedxml
            )
        except subprocess.TimeoutExpired:
            raise Failed from None
    if done.returncode != 0:
        raise Failed
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
