"""The product with one of its guards taken out, to see that a test notices."""

from converter.focus import deliver, import_file
from converter.focus.judge import Verdict, judge
from converter.journal.journal import Journal
from converter.journal.lotes import Lotes
from converter.journal.store import Store


def without_intent() -> None:
    """The intent is written together with the answer, after the socket."""
    begin, record = Lotes.begin, Lotes.record

    def late(self, ambiente, ref, heard, *, exchange, generated=False):
        number = begin(self, ambiente, ref)
        record(self, ambiente, ref, heard, exchange=number, generated=generated)

    Lotes.begin = lambda self, ambiente, ref, kind="create": 0
    Lotes.record = late


def without_asking() -> None:
    """A doubt is settled by posting again."""
    deliver.Delivery._ask = lambda self, lote, seen=None: (deliver._Asked.MISSING, None)


def without_comparing() -> None:
    """A 201 whose end nobody marked is taken for whole, in a city whose layout nobody knows."""

    def trusting(heard):
        verdict = judge(heard)
        return Verdict.GENERATED if verdict is Verdict.CUT else verdict

    deliver.judge = trusting
    import_file.published = dict


def without_identity() -> None:
    """Nobody looks whether a row already has a lote, and the table lets it have two."""
    Journal.claims_on = lambda self, ambiente, identities: {}
    opened = Store._prepare

    def prepare(self):
        opened(self)
        self._connection.executescript(
            "ALTER TABLE claim RENAME TO old;"
            "CREATE TABLE claim (ambiente, identity, lote, ordem);"
            "INSERT INTO claim SELECT * FROM old;"
        )

    Store._prepare = prepare


def without_sync() -> None:
    """Commits are left to the system's cache."""
    opened = Store._prepare

    def prepare(self):
        opened(self)
        self._connection.execute("PRAGMA synchronous = OFF")

    Store._prepare = prepare


MUTATIONS = {
    function.__name__: function
    for function in (
        without_intent,
        without_asking,
        without_comparing,
        without_identity,
        without_sync,
    )
}
