"""The prefeitura's counter: it takes a lote's import file and gives back its return file."""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime

from converter import layouts
from converter.layouts.base import City, Layout, Numbering
from converter.simulator.state import Issuer, State, StoredLote

SERIE = "1"


def numbering(state: State, issuer: Issuer, notas: int) -> Numbering:
    """Fresh numbers for a lote of `notas` notes; call it inside `State.writing`."""
    remessa = state.draw(issuer, "remessa")
    return Numbering(remessa, state.draw(issuer, "rps", notas), SERIE, remessa)


def layout_of(lote: StoredLote) -> Layout:
    """The layout the lote's file was written in, whatever its município has today."""
    return layouts.detect(lote.arquivo) or layouts.for_municipio(lote.issuer.codigo_municipio)


def hand_in(state: State, ref: str, issuer: Issuer, content: bytes, now: datetime) -> None:
    """Take a file that no API made, under the ref by which `play` is then asked for it."""
    layout = layouts.detect(content) or layouts.for_municipio(issuer.codigo_municipio)
    used = layout.used_numbers(content)
    with state.writing():
        state.add(
            StoredLote(
                owner="",
                ref=ref,
                issuer=issuer,
                notas=len(used.rps) + len(used.canceladas),
                payload=json.dumps({"prestador": issuer._asdict(), "lista_nfse": []}).encode(),
                impressao=hashlib.sha256(content).hexdigest(),
                arquivo=content,
                nome=f"{ref}.txt",
                media_type="text/plain; charset=iso-8859-1",
                avisos=(),
                criado_em=now,
            )
        )


def play(state: State, ref: str, now: datetime, owner: str | None = None) -> tuple[str, bytes]:
    """Name and bytes of the return file of the lote `ref` of an owner; None: the newest of any.

    The city reads the file as it left here, refuses or accepts all of it, and says the same
    every time it is asked again.

    Raises:
        LookupError: No lote has that ref.
    """
    with state.writing():
        lote = state.find(owner, ref)
        if lote is None:
            raise LookupError(ref)
        if lote.retorno is not None:
            return lote.retorno_nome or "", lote.retorno
        layout, issuer = layout_of(lote), lote.issuer
        city = City(
            now=now,
            remessas=state.accepted(issuer, "remessa"),
            rps=state.accepted(issuer, "rps"),
            canceladas=state.accepted(issuer, "cancelada"),
            proxima_nfse=state.draw(issuer, "nfse", 0),
            cnpj=issuer.cnpj,
            razao_social=_issuer_name(lote),
            codigo_municipio=issuer.codigo_municipio,
        )
        errors = layout.check(lote.arquivo, city)
        returned = layout.answer(lote.arquivo, errors, city)
        refused = not all(error.alerta for error in errors)
        if not refused:
            used = layout.used_numbers(lote.arquivo)
            state.accept(issuer, "remessa", [used.remessa])
            state.accept(issuer, "rps", used.rps)
            state.accept(issuer, "cancelada", used.canceladas)
            state.draw(issuer, "nfse", len(used.rps))
        state.keep_return(
            replace(
                lote,
                retorno=returned.content,
                retorno_nome=returned.nome,
                retorno_em=now,
                recusado=refused,
                erros=json.dumps([asdict(error) for error in errors], ensure_ascii=False),
            )
        )
    return returned.nome, returned.content


def _issuer_name(lote: StoredLote) -> str:
    """The prestador's name if the payload happens to carry one; the API does not ask for it."""
    name = json.loads(lote.payload.decode("utf-8-sig"))["prestador"].get("razao_social")
    return name if isinstance(name, str) else ""
