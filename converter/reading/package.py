"""A zip taken apart by us, so that no parser opens anything we have not measured.

Parts are inflated here, against their declared size and checksum, and handed to calamine in a
fresh zip that holds the few it needs. What was checked is therefore what is parsed: drawings,
macros, external links and whatever else the file carries never reach it.
"""

import io
import struct
import zipfile
from collections.abc import Iterable

from converter.model.deflate import RAW, codec
from converter.reading.limits import Limits
from converter.reading.refusal import FileRefused

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_SLICE = 256 * 1024


class Package:
    """The parts of a zip by name, inflated on demand.

    Raises:
        FileRefused: `arquivo-danificado`, `arquivo-protegido` or `arquivo-suspeito`.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            ValueError,
            struct.error,
            OSError,
        ) as error:
            raise FileRefused("arquivo-danificado") from error
        _check(entries, len(data), limits)
        self._entries = {entry.filename: entry for entry in entries}
        self._folded = {name.casefold(): name for name in self._entries}
        if len(self._folded) != len(entries):
            raise FileRefused("arquivo-suspeito", motivo="traz partes com nomes repetidos")

    @property
    def names(self) -> Iterable[str]:
        """The parts, in the order of the zip's directory."""
        return self._entries.keys()

    def find(self, name: str) -> str | None:
        """The part of that name whatever its case, as Excel finds it."""
        return self._folded.get(name.replace("\\", "/").lstrip("/").casefold())

    def read(self, name: str) -> bytes:
        """The content of a part.

        Raises:
            FileRefused: The part is missing, or is not what the zip's directory says it is.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise FileRefused("arquivo-danificado")
        begin = entry.header_offset
        header = self._data[begin : begin + _LOCAL_HEADER.size]
        if begin < 0 or len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise FileRefused("arquivo-danificado")
        _, name_size, extra_size = _LOCAL_HEADER.unpack(header)
        begin += _LOCAL_HEADER.size + name_size + extra_size
        packed = memoryview(self._data)[begin : begin + entry.compress_size]
        content = _inflate(packed, entry)
        if len(content) != entry.file_size or codec.crc32(content) != entry.CRC:
            raise FileRefused("arquivo-danificado")
        return content


def _check(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise FileRefused("arquivo-suspeito", motivo=f"traz {len(entries)} partes")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileRefused("arquivo-protegido")
    inflated = sum(entry.file_size for entry in entries)
    if inflated > limits.inflated_bytes or (
        inflated > limits.ratio_floor and inflated > packed * limits.ratio
    ):
        raise FileRefused(
            "arquivo-suspeito", motivo=f"ocuparia {inflated // 2**20} MB depois de aberto"
        )


def _inflate(packed: memoryview, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type == zipfile.ZIP_STORED:
        return bytes(packed)
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise FileRefused("arquivo-suspeito", motivo="usa uma compressão que o Excel não usa")
    inflater = codec.decompressobj(RAW)
    # At once it would be there twice before it is whole, and a sheet may be of a gigabyte.
    content = io.BytesIO()
    try:
        for begin in range(0, len(packed), _SLICE):
            room = entry.file_size + 1 - content.tell()
            content.write(inflater.decompress(packed[begin : begin + _SLICE], room))
            if inflater.eof or inflater.unconsumed_tail or content.tell() > entry.file_size:
                break
    except codec.error as error:
        raise FileRefused("arquivo-danificado") from error
    if not inflater.eof:
        raise FileRefused("arquivo-danificado")
    return content.getvalue()
