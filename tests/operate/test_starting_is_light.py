"""Starting must stay quick: scikit-learn is loaded by who trains, and by nobody else."""

import os
import subprocess
import sys

_ASK = """
import sys, django
django.setup()
from pendopo.config import urls
sys.exit(any(name.split('.')[0] == 'sklearn' for name in sys.modules))
"""


def test_the_product_starts_without_the_training_library() -> None:
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    asked = subprocess.run([sys.executable, "-c", _ASK], env=here, capture_output=True, check=False)
    assert asked.returncode == 0, asked.stderr.decode()
