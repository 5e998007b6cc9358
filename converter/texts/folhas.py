"""Words of the sheets of a result that the code knows them by, or reads back."""

from converter.texts.sentences import table

BANNERS = table("folhas.faixas")
"""What has no fiscal value, by ambiente."""
AMBIENTES = table("folhas.ambientes")
ESTADOS = table("folhas.estados")
"""How a lote stands."""

NAO_E_DA_NOTA = "não é da nota"
SITUACAO_DA_NOTA = "situação da nota (não enviar quando …)"
SITUACAO_CURTA = "situação da nota"
"""What *Usar como* offers besides the labels of the catalogue."""

USAR_COMO, NAO_ENVIAR, RESPOSTA = "Usar como", "Não enviar quando", "Resposta"
