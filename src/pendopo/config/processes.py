"""Processes of the machine: who they are, whether they live, and how they die with their parent (Linux)."""

import ctypes
import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1


def birth(pid: int) -> str | None:
    """When a living process was born (clock ticks since boot), None for a dead one or a zombie.

    Process numbers are used again, in containers within seconds; number and birth together are not.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, *rest = stat.rpartition(")")[2].split()
    return None if state in {"Z", "X"} else rest[18]


def wait_gone(pid: int, born: str, seconds: float) -> bool:
    """Wait until the process born at `born` is dead; False when it still lives after `seconds`."""
    deadline = time.monotonic() + seconds
    while birth(pid) == born:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def end(pid: int, born: str, *, patience: float = 10) -> None:
    """Ask a process to stop, then make it."""
    for sign, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        if birth(pid) != born:
            return
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        if wait_gone(pid, born, seconds):
            return


def die_with_parent(sign: signal.Signals = signal.SIGTERM) -> None:
    """From now on the kernel sends `sign` to this process when its parent dies, even by kill -9."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(sign))


def bound_to(parent: int) -> Callable[[], None]:
    """A `preexec_fn`: the child dies with `parent`, also when that died in between."""

    def bind() -> None:
        die_with_parent()
        if os.getppid() != parent:
            os._exit(1)

    return bind


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[IO[str]]:
    """Hold a lock file; the kernel lets go of it however this process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(str(path)) from None
        yield file
