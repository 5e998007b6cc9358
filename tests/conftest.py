import base64
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer

from converter.reading import inbox
from tests.faults.samples import TOKEN
from tests.faults.zygote import Zygote
from tests.scheduling import InPieces

SECRETS = (TOKEN.encode(), base64.b64encode(f"{TOKEN}:".encode())[:-4])

LARGEST = 20_000_000

# What a run does on the disk is waited for, and what is tested is its order: in memory it is the
# same, and half of the time. Where there is little of it (a container), the disk does.
MEMORY, ENOUGH = "/dev/shm", 2_000_000_000  # noqa: S108 - only a faster place for the same folders
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)
    tempfile.tempdir = MEMORY

# A shell's background job ignores Ctrl-C, and so would every program a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test depends on the clock: a busy machine is no failure.
settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> InPieces | None:
    return InPieces(config, log) if config.option.dist == "loadgroup" else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a server, a program or a browser."""
    return (os.cpu_count() or 1) + 1


def assert_no_token(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_size < LARGEST:
            content = path.read_bytes()
            assert not any(secret in content for secret in SECRETS), path


@pytest.fixture(scope="session", autouse=True)
def _no_token_in_any_file_of_the_session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    yield
    made = tmp_path_factory.getbasetemp()
    assert_no_token(made)
    if not request.session.testsfailed:
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _no_look_whether_a_fresh_file_still_grows() -> Iterator[None]:
    """Every file of a test is fresh; those of what does grow count the seconds by themselves."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(inbox, "_PAUSE", 0.0)
        yield


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    if not hasattr(os, "fork"):
        pytest.skip("forks one child per run")
    started = Zygote()
    yield started
    started.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="planilote-"))
    yield made
    assert_no_token(made)
    shutil.rmtree(made)
