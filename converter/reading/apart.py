"""Reading in a process of its own, which may die: a file costs at most its own error.

What parses the formats of strangers (expat, calamine in Rust, xlrd) can be made to loop, to fill
the memory or to abort, and none of these can be caught. So a second process reads, within so much
time and memory as a file of that size can need, and answers through a pipe; it is started at the
first file, serves the next ones too, and another takes its place where it died. Text files, whose
parser is linear and ours to bound, are read here.
"""

import atexit
import gc
import io
import json
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain, count, islice
from typing import IO, NamedTuple, cast

from converter.model.cells import RawValue
from converter.reading.coded_rows import CodedRows, GridRows, placed
from converter.reading.limits import Limits
from converter.reading.open import Opened, open_file
from converter.reading.refusal import FileRefused
from converter.reading.signature import FileKind, kind_of

_BOOT = (
    "import json, os, sys; sys.path[:] = json.loads(sys.argv[1]); from {0} import serve; serve();"
    # Whoever started it waits for its end, and there is nothing left to tidy up.
    " os._exit(0)"
)
_HEAD = struct.Struct("<QQ")
_CHUNK = 20_000
_MALLOC = {
    "MALLOC_TOP_PAD_": str(16 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(64 * 2**20),
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
}
"""For glibc: the memory of one file is kept for the next, up to 64 MB. Others heed none of it."""
_SECRETS = ("FOCUS_TOKEN", "PYTHON_KEYRING")
_KEPT = 32 * 2**20
"""Bytes of a file after which its reader is replaced, and what it held goes back to the system."""


class Budget(NamedTuple):
    """What reading one file may cost: seconds of processor and bytes of address space."""

    seconds: int
    memory: int


def budget(data: bytes, limits: Limits) -> Budget:
    """The budget of a file, several times what the slowest reader needs for that much content.

    xlrd, the slowest, reads a megabyte in about a second, lxml ten; a value takes some sixteen
    times its bytes in memory, and a far cell half a gigabyte at most.
    """
    inside = min(_inflated(data), limits.inflated_bytes)
    seconds = 3 + len(data) // 250_000 + inside // 4_000_000
    return Budget(seconds, 640 * 2**20 + 16 * max(len(data), inside))


def open_apart(data: bytes, arquivo: str, limits: Limits) -> Opened:
    """As `open_file`, in the other process.

    Raises:
        FileRefused: With the reason the user is told; `leitura-interrompida` where the reader
            used up its time or memory, or died.
    """
    kind = kind_of(data)
    if kind is FileKind.TEXT or not isinstance(kind, FileKind) or len(data) > limits.file_bytes:
        return open_file(data, arquivo, limits)
    with _lock:
        global _reader  # noqa: PLW0603 - the one reader of this process, whoever asks
        if _reader is None or _reader.owner != os.getpid() or not _reader.alive:
            _reader = _Reader()
            atexit.register(_reader.end)
        return _reader.ask(data, arquivo, limits, budget(data, limits))


class _Reader:
    """The other process as seen from here."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        # Nothing that reads strangers' bytes needs to know a token.
        environ = {
            name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)
        }
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-c", _BOOT.format(__name__), json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ | _MALLOC,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, data: bytes, arquivo: str, limits: Limits, most: Budget) -> Opened:
        stdin = cast("IO[bytes]", self._process.stdin)
        stdout = cast("IO[bytes]", self._process.stdout)
        answer: Opened | FileRefused
        with self._watched(most) as overdue:
            try:
                head = pickle.dumps((arquivo, limits, most))
                stdin.write(_HEAD.pack(len(head), len(data)) + head)
                stdin.write(data)
                stdin.flush()
                answer = _received(stdout)
            except (OSError, EOFError, pickle.UnpicklingError):
                motivo = _why(self.end(), most, late=bool(overdue))
                answer = FileRefused("leitura-interrompida", motivo=motivo)
        if len(data) > _KEPT:
            self.end()
        if isinstance(answer, FileRefused):
            raise answer
        return answer

    @contextmanager
    def _watched(self, most: Budget) -> Iterator[list[bool]]:
        """Kill the reader after long enough, where the system does not count its time for us."""
        overdue: list[bool] = []

        def kill() -> None:
            overdue.append(True)
            self._process.kill()

        # A busy machine gives a process a small share of each second; it is no fault of the file.
        timer = threading.Timer(most.seconds * (60 if _COUNTED else 10), kill)
        timer.daemon = True
        timer.start()
        try:
            yield overdue
        finally:
            timer.cancel()

    def end(self) -> int:
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast("IO[bytes]", pipe).close()
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=1)
        self._process.kill()
        return self._process.wait()


def _why(code: int, most: Budget, *, late: bool) -> str:
    if late or (_COUNTED and code == -signal.SIGXCPU):
        return f"passou de {most.seconds} segundos, {_TOO_MUCH}"
    if code == _NO_MEMORY:
        return f"passou de {most.memory // 2**20} MB de memória, {_TOO_MUCH}"
    return "o que está escrito nele faz parar o programa que o lê"


def _received(stream: IO[bytes]) -> Opened | FileRefused:
    """The answer: a refusal, or the book without rows and then the rows, some at a time."""
    answer: Opened | FileRefused = pickle.load(stream)  # noqa: S301 - from the process we started
    if isinstance(answer, FileRefused):
        return answer
    sheets = (replace(sheet, rows=_received_rows(stream)) for sheet in answer.sheets)
    return replace(answer, sheets=tuple(sheets))


def _received_rows(stream: IO[bytes]) -> Sequence[Sequence[RawValue]]:
    rows: list[Sequence[RawValue]] = []
    parts: list[CodedRows] = []
    while chunk := pickle.load(stream):  # noqa: S301 - from the process we started
        if isinstance(chunk, CodedRows):
            parts.append(chunk)
        else:
            rows += chunk if isinstance(chunk, list) else _unpacked(*chunk)
    return rows or placed(parts)


def _inflated(data: bytes) -> int:
    """What the parts of a zip say they hold, 0 for any other file."""
    if not data.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        return 0


def serve() -> None:
    """Read the files that come through the standard input, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a library prints is no answer.
    os.dup2(2, 1)
    # To look for cycles while millions of cells are made costs a fifth, and there are none in them.
    gc.freeze()
    gc.disable()
    while head := questions.read(_HEAD.size):
        of_head, of_data = _HEAD.unpack(head)
        arquivo, limits, most = pickle.loads(questions.read(of_head))  # noqa: S301
        data = questions.read(of_data)
        _bound(most)
        try:
            _answer(data, arquivo, limits, answers)
            answers.flush()
            gc.collect()
        except MemoryError:
            os._exit(_NO_MEMORY)


def _answer(data: bytes, arquivo: str, limits: Limits, answers: IO[bytes]) -> None:
    try:
        opened = open_file(data, arquivo, limits)
    except FileRefused as refused:
        _put(refused, answers)
        return
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one file makes a library do
        motivo = f"o que está escrito nele não se entende ({type(error).__name__})"
        _put(FileRefused("leitura-interrompida", motivo=motivo), answers)
        return
    bare = tuple(replace(sheet, rows=()) for sheet in opened.sheets)
    _put(replace(opened, sheets=bare), answers)
    for sheet in opened.sheets:
        for piece in _pieces(sheet.rows):
            _put(piece, answers)
        _put([], answers)


def _pieces(rows: Sequence[Sequence[RawValue]]) -> Iterator[object]:
    """Rows by pieces: what is remembered of millions of values would weigh as much as they do."""
    if isinstance(rows, GridRows):
        yield from rows.parts
        return
    for begin in range(0, len(rows), _CHUNK):
        piece = list(rows[begin : begin + _CHUNK])
        yield _packed(piece) or piece


_Packed = tuple[list[RawValue], bytes, bytes]


def _packed(rows: Sequence[Sequence[RawValue]]) -> _Packed | None:
    """The distinct values of rows, the number of each cell's, and how long each row is.

    It costs a third of pickling every cell, and equal texts are one text on the other side. None
    where yes and no, which equal 1 and 0, stand beside numbers: they are not the same.
    """
    numbers: defaultdict[RawValue, int] = defaultdict(count().__next__)
    codes = array("I", map(numbers.__getitem__, chain.from_iterable(rows)))
    if 0 in numbers or 1 in numbers:
        types = set(map(type, chain.from_iterable(rows)))
        if len(types & {bool, int, float}) > 1:
            return None
    return list(numbers), codes.tobytes(), array("I", map(len, rows)).tobytes()


def _unpacked(values: list[RawValue], codes: bytes, lengths: bytes) -> list[Sequence[RawValue]]:
    numbers = array("I")
    numbers.frombytes(codes)
    widths = array("I")
    widths.frombytes(lengths)
    cells = map(values.__getitem__, numbers)
    if len(set(widths)) == 1 and widths[0]:
        return list(zip(*[cells] * widths[0], strict=True))
    return [tuple(islice(cells, width)) for width in widths]


def _put(value: object, answers: IO[bytes]) -> None:
    pickle.dump(value, answers, pickle.HIGHEST_PROTOCOL)


def _bound(most: Budget) -> None:
    """Let the system end this process when a file has used up its time, or refuse it memory."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _lower(resource.RLIMIT_CPU, spent + most.seconds + 1)
    _lower(resource.RLIMIT_AS, most.memory)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, value: int) -> None:
    """Set a limit, never above what whoever started us allows."""
    import resource

    _, most = resource.getrlimit(kind)
    soft = value if most == resource.RLIM_INFINITY else min(value, most)
    # Not every system lets its memory be bounded.
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (soft, most))


_TOO_MUCH = "e um arquivo deste tamanho não pede tanto"
_COUNTED = sys.platform != "win32"
_NO_MEMORY = 86
_lock = threading.Lock()
_reader: _Reader | None = None
