#!/usr/bin/env python
"""Django's own command; the product's is `pendopo`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from pendopo.config.cli import execute

if __name__ == "__main__":
    execute()
