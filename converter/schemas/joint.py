"""Columns that fill other fields than their own: either document in one, a city by its name."""

from converter.model.cells import MappedSheet, SourceColumn

JOINT_DOCUMENTS = {
    f"{who}.cpf_cnpj": (f"{who}.cpf", f"{who}.cnpj") for who in ("tomador", "intermediario")
}
"""A column of either document, and the two fields it fills."""

OTHER_DOCUMENT = {
    path: other
    for cpf, cnpj in JOINT_DOCUMENTS.values()
    for path, other in ((cpf, cnpj), (cnpj, cpf))
}
"""The field a document belongs to that was typed under the header of the other kind."""

NAMED_MUNICIPIOS = {
    "tomador.endereco.nome_municipio": "tomador.endereco.codigo_municipio",
    "servico.nome_municipio": "servico.codigo_municipio",
}
"""A column of city names, and the code it gives."""


def columns_of(sheet: MappedSheet) -> dict[str, SourceColumn]:
    """Give the column each path was typed in, with the paths a joint column is resolved into."""
    found = {path: field.column for path, field in sheet.fields.items() if field.column}
    for joint, paths in (
        *JOINT_DOCUMENTS.items(),
        *((name, (code,)) for name, code in NAMED_MUNICIPIOS.items()),
    ):
        for path in paths if joint in found else ():
            found.setdefault(path, found[joint])
    return found
