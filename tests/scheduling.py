"""Which worker runs which test: a piece of a file at a time, in the order of the files."""

from collections import Counter

from xdist.scheduler import LoadGroupScheduling

PIECE = 40
"""Few enough that no worker is left alone with a long file, and many enough to be handed out."""


class InPieces(LoadGroupScheduling):
    """As `--dist loadgroup`, but a test without a group goes with its neighbours.

    One by one, handing out the tests costs as much as running many of them, and no two that
    share what a module made once meet.
    """

    _pieces: dict[str, str]
    _met: Counter[str]

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        # By size the last would be single tests, and some of those are the longest.
        self.config.option.loadscopereorder = False
        self._pieces, self._met = {}, Counter()

    def _split_scope(self, nodeid: str) -> str:
        group = super()._split_scope(nodeid)
        if group != nodeid:
            return group
        if nodeid not in self._pieces:
            file = nodeid.partition("::")[0]
            self._pieces[nodeid] = f"{file} {self._met[file] // PIECE}"
            self._met[file] += 1
        return self._pieces[nodeid]
