"""Run as a script: `limited.py MEMORY CPU_SECONDS SCRIPT …` runs SCRIPT within limits it cannot raise again."""

import resource
import runpy
import sys


def main(memory: int, cpu_seconds: int, script: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # pipes are no files: the answer still comes out
    for unneeded in ("numpy", "PIL"):  # openpyxl and pypdf would load them, a third of a second for nothing
        sys.modules[unneeded] = None  # type: ignore[assignment]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    sys.argv = sys.argv[1:]
    main(int(sys.argv.pop(0)), int(sys.argv.pop(0)), sys.argv[0])
