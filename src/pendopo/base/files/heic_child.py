"""Run as a script by `heic.to_png`: HEIC on stdin, PNG on stdout. Knows nothing of the product."""

import io
import resource
import sys

import pi_heif
from PIL import Image

TOO_LARGE = 3
MEMORY = 1536 * 1024 * 1024  # bytes of address space; a 50-megapixel picture needs about a third
CPU_SECONDS = 25


def main(edge: int, max_pixels: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pi_heif.options.DECODE_THREADS = 1
    pi_heif.register_heif_opener(thumbnails=False)
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=("HEIF",)) as source:
        if source.width * source.height > max_pixels:
            return TOO_LARGE
        profile = source.info.get("icc_profile")
        source.load()
        source.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=2.0)
        out = io.BytesIO()
        source.save(out, "PNG", compress_level=1, icc_profile=profile, exif=b"")
    sys.stdout.buffer.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
