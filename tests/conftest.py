import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.falhas.zygote import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    if not hasattr(os, "fork"):
        pytest.skip("forks one child per run")
    started = Zygote()
    yield started
    started.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    # Memory where there is some: what is tested is order, and a matrix of fsyncs is slow.
    memory = Path("/dev/shm")  # noqa: S108 - only a faster place for the same folder
    place = memory if os.access(memory, os.W_OK) else None
    made = Path(tempfile.mkdtemp(prefix="planilote-", dir=place))
    yield made
    shutil.rmtree(made)
