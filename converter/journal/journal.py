"""The journal of a working folder: all that must outlive a crash."""

from converter.journal.cancellations import Cancellations
from converter.journal.related import Related
from converter.journal.returns import Returns
from converter.journal.seen import Seen


class Journal(Cancellations, Related, Returns, Seen):
    """`diario/diario.sqlite3`. A context manager; the clock gives aware datetimes."""
