"""What others would measure: HTML_CodeSniffer, Lighthouse, MDN's Observatory (requirements A2, A8, P8)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import skip_or_fail

pytestmark = pytest.mark.browser
AUDIT = Path(__file__).parents[2] / "bench" / "audit" / "run.py"


def test_a2_a8_p8_the_tools_of_others_find_nothing(chromium: str) -> None:
    """A2, A8, P8: no WCAG2AA error, accessibility 1.0, thirty points and more for the headers and none taken away."""
    if not shutil.which("npm"):
        skip_or_fail("needs Node and npm: apt-get install nodejs npm")
    run = [sys.executable, str(AUDIT), "--without-speed"]
    told = subprocess.run(run, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
