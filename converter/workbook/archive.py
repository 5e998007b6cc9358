"""Zip archives without recompression: entries pass from one to another as they are."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from converter.model.deflate import QUICK, RAW, codec
from converter.workbook.refusal import CannotCarry

# 1 January 1980, midnight: the earliest a zip can say. The same report gives the same bytes.
FIXED_DATE = (1980 - 1980) << 9 | 1 << 5 | 1
STORED, DEFLATED = 0, 8
UTF8_NAME = 0x800
LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
MAX_UNZIPPED = 2 * 1024**3
MAX_ZIP32 = 0xFFFF_FFFF
MAX_ENTRIES = 0xFFFF
# Made on FAT by version 2.0, read by version 2.0: (create_system, create_version, extract_version).
WRITTEN_AS = (0, 20, 20)
BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive, compressed as found."""

    name: str
    method: int
    crc: int
    size: int
    data: memoryview

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces.

        Raises:
            CannotCarry: It is not what the archive's directory says.
        """
        crc = size = 0
        try:
            for piece in _inflated(self):
                crc = zlib.crc32(piece, crc)
                size += len(piece)
                if size > self.size:
                    break
                yield piece
        except zlib.error:
            raise CannotCarry("livro-danificado", parte=self.name) from None
        if (crc, size) != (self.crc, self.size):
            raise CannotCarry("livro-danificado", parte=self.name)

    def read(self) -> bytes:
        """The whole content, checked against its CRC."""
        return b"".join(self.chunks())


def stored(name: str, content: bytes) -> Entry:
    """A small file of our own."""
    return Entry(name, STORED, zlib.crc32(content), len(content), memoryview(content))


def deflated(name: str, content: bytes) -> Entry:
    """A file of our own in the place of one that was there."""
    squeeze = codec.compressobj(QUICK, wbits=RAW)
    data = squeeze.compress(content) + squeeze.flush()
    return Entry(name, DEFLATED, zlib.crc32(content), len(content), memoryview(data))


def _inflated(entry: Entry) -> Iterator[bytes]:
    if entry.method == STORED:
        yield bytes(entry.data)
        return
    stream = zlib.decompressobj(RAW)
    for start in range(0, len(entry.data), BUFFER):
        piece = stream.decompress(entry.data[start : start + BUFFER], BUFFER)
        while piece:
            yield piece
            piece = stream.decompress(stream.unconsumed_tail, BUFFER)
    yield stream.flush()
    if not stream.eof:
        raise zlib.error("truncated")


def read_archive(source: bytes) -> Mapping[str, Entry]:
    """The entries of a zip by name, folders left out, in the order of its directory.

    Raises:
        CannotCarry: It cannot be read, two entries share a name or their bytes, one is
            encrypted or would leave the archive, or the whole is too large unzipped.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        raise CannotCarry("livro-danificado", parte="arquivo zip") from None
    if sum(info.file_size for info in infos) > MAX_UNZIPPED:
        raise CannotCarry("livro-grande-demais")
    view = memoryview(source)
    entries: dict[str, Entry] = {}
    seen: set[str] = set()
    end_of_last = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        start = _data_offset(view, info)
        if info.header_offset < end_of_last:
            raise CannotCarry("livro-danificado", parte=info.filename)
        end_of_last = start + info.compress_size
        if info.is_dir():
            continue
        if info.filename.casefold() in seen:
            raise CannotCarry("livro-parte-repetida", parte=info.filename)
        seen.add(info.filename.casefold())
        _check_name(info)
        entries[info.filename] = Entry(
            info.filename,
            info.compress_type,
            info.CRC,
            info.file_size,
            view[start : start + info.compress_size],
        )
    return {info.filename: entries[info.filename] for info in infos if not info.is_dir()}


def _check_name(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if info.flag_bits & 1:
        raise CannotCarry("livro-cifrado")
    steps = name.split("/")
    if (
        info.orig_filename != name
        or "\\" in name
        or ":" in name
        or not all(step.strip(". ") for step in steps)
    ):
        raise CannotCarry("livro-nome-de-parte", parte=name)
    if info.compress_type not in {STORED, DEFLATED}:
        raise CannotCarry("livro-danificado", parte=name)


def _data_offset(view: memoryview, info: zipfile.ZipInfo) -> int:
    header = view[info.header_offset : info.header_offset + LOCAL.size]
    if len(header) < LOCAL.size:
        raise CannotCarry("livro-danificado", parte=info.filename)
    fields = LOCAL.unpack(header)
    start = info.header_offset + LOCAL.size
    name_size, extra_size = int(fields[9]), int(fields[10])
    name = bytes(view[start : start + name_size])
    encoding = "utf-8" if fields[2] & UTF8_NAME else "cp437"
    start += name_size + extra_size
    if (
        fields[0] != b"PK\x03\x04"
        or name.decode(encoding, "replace") != info.orig_filename
        or start + info.compress_size > len(view)
    ):
        raise CannotCarry("livro-danificado", parte=info.filename)
    return start


class ArchiveWriter:
    """Writes a zip front to back, each entry's header once its size is known; no clock is asked."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._offset = 0
        self._directory: list[bytes] = []

    def copy(self, entry: Entry) -> None:
        """Write an entry of another archive, its compressed bytes untouched."""
        self._begin(entry.name)
        self._target.write(entry.data)
        self._end(entry.name, entry.method, entry.crc, entry.size)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Compress `pieces` into a new entry."""
        self._begin(name)
        stream = codec.compressobj(QUICK, wbits=RAW)
        crc = size = 0
        for piece in pieces:
            crc = codec.crc32(piece, crc)
            size += len(piece)
            self._target.write(stream.compress(piece))
        self._target.write(stream.flush())
        self._end(name, DEFLATED, crc, size)

    def close(self) -> None:
        """Write the directory; the archive is complete."""
        directory = b"".join(self._directory)
        count = len(self._directory)
        if count > MAX_ENTRIES or self._offset + len(directory) > MAX_ZIP32:
            raise CannotCarry("livro-grande-demais")
        end = END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), self._offset, 0)
        self._target.write(directory + end)

    def _begin(self, name: str) -> None:
        self._target.write(bytes(LOCAL.size) + name.encode("utf-8"))

    def _end(self, name: str, method: int, crc: int, size: int) -> None:
        encoded = name.encode("utf-8")
        end = self._target.tell()
        length = end - self._offset - LOCAL.size - len(encoded)
        if max(size, length, self._offset) > MAX_ZIP32:
            raise CannotCarry("livro-grande-demais")
        flags = 0 if name.isascii() else UTF8_NAME
        common = (flags, method, 0, FIXED_DATE, crc, length, size, len(encoded), 0)
        self._target.seek(self._offset)
        self._target.write(LOCAL.pack(b"PK\x03\x04", 20, *common))
        self._target.seek(end)
        self._directory.append(
            CENTRAL.pack(b"PK\x01\x02", 20, 20, *common, 0, 0, 0, 0, self._offset) + encoded
        )
        self._offset = end


def is_untouched(source: bytes) -> bool:
    """True where every entry bears this writer's hand: nobody else saved the archive since.

    Excel sets deflate hints and LibreOffice the time of day, so their directories differ.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        return False
    return all(
        info.date_time == (1980, 1, 1, 0, 0, 0)
        and (info.create_system, info.create_version, info.extract_version) == WRITTEN_AS
        and not info.flag_bits & ~UTF8_NAME
        for info in infos
    )
