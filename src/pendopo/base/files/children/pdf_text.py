"""PDF on stdin, `{"text": …, "pages": …, "truncated": …}` on stdout. A scan has pages and no text."""

import json
import sys
from typing import Any

import pypdfium2


def main(max_letters: int) -> dict[str, Any]:
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    parts: list[str] = []
    letters = 0
    for page in document:
        words = page.get_textpage()
        parts.append(words.get_text_bounded())
        words.close()
        page.close()
        letters += len(parts[-1]) + 1
        if letters > max_letters:
            break
    return {
        "text": "\n".join(parts)[:max_letters],
        "pages": len(document),
        "truncated": letters > max_letters,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
