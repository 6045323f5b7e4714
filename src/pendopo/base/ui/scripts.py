"""Small scripts that public pages carry inline: on slow 3G each file of its own costs a round trip."""

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders


@lru_cache(maxsize=32)
def bundle(*names: str) -> str:
    """static/js/NAME.js, each in a block of its own, without comment lines and indentation.

    Raises FileNotFoundError; ValueError for a script that cannot stand inside a page.
    """
    return "".join(f"{{{_one(name)}}}\n" for name in names)


def _one(name: str) -> str:
    found = finders.find(f"js/{name}.js")
    if not found:
        raise FileNotFoundError(f"js/{name}.js")
    text = Path(found).read_text(encoding="utf-8")
    over_lines = any(line.count("`") % 2 for line in text.splitlines())
    if over_lines or re.search(r"^(?:import|export)\b|</script", text, re.MULTILINE | re.IGNORECASE):
        raise ValueError(f"js/{name}.js imports, exports or spans lines in a template string")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
