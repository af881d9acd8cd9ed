import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from toy import write_toy

PACKAGE = Path(__file__).parents[1]


def train_command(data: Path, out: Path, *more: str) -> list[str]:
    command = [sys.executable, "-m", "medresearcher_trl.train", "--data", str(data), "--out", str(out)]
    return [*command, "--preset", "tiny", "--threads", "1", *more]


@pytest.fixture(scope="session")
def rows_file(tmp_path_factory) -> Path:
    return write_toy(tmp_path_factory.mktemp("rows") / "rows.jsonl", 40)


@pytest.fixture(scope="session")
def checkpoint(rows_file, tmp_path_factory) -> Path:
    """A tiny model after 20 steps."""
    out = tmp_path_factory.mktemp("trained") / "agent"
    subprocess.run(train_command(rows_file, out, "--steps", "20"), cwd=PACKAGE, check=True, capture_output=True)
    return out
