"""A page of many rows, as the address asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

SIZE = 50
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of rows is among all of them; `first` and `last` are its own, from 1."""

    page: int
    pages: int
    total: int
    first: int
    last: int

    @classmethod
    def of(cls, total: int, page: int) -> Pager:
        """That page, or the nearest there is."""
        pages = max(1, -(-total // SIZE))
        page = min(max(page, 1), pages)
        return cls(page, pages, total, (page - 1) * SIZE + 1, min(page * SIZE, total))


def number(name: str, otherwise: int) -> int:
    """A number of the address; a stranger's may be anything."""
    given = request.args.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 9 else otherwise
