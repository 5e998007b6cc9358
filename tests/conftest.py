import base64
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.faults.samples import TOKEN
from tests.faults.zygote import Zygote

SECRETS = (TOKEN.encode(), base64.b64encode(f"{TOKEN}:".encode())[:-4])

LARGEST = 20_000_000

# A shell's background job ignores Ctrl-C, and so would every program a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test depends on the clock: a busy machine is no failure.
settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")


def assert_no_token(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_size < LARGEST:
            content = path.read_bytes()
            assert not any(secret in content for secret in SECRETS), path


@pytest.fixture(scope="session", autouse=True)
def _no_token_in_any_file_of_the_session(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    yield
    assert_no_token(tmp_path_factory.getbasetemp())


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
    assert_no_token(made)
    shutil.rmtree(made)
