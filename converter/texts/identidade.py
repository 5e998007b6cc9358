"""Problems of a row against other rows: said twice, or changed after it was sent."""

from converter.model.problems import Severity
from converter.texts.text import Family, Text

TEXTS: tuple[Text, ...] = (
    Text(
        code="linha-repetida",
        family=Family.LINHA,
        severity=Severity.ERRO,
        title="Linha igual a outra",
        message=(
            "Esta linha é igual à linha {primeira} da aba “{planilha_primeira}”: "
            "mesmo prestador, tomador, dia, item, valor e texto."
        ),
        hint=(
            "Se foi copiada por engano, apague-a. Se são dois serviços de verdade, escreva na "
            "discriminação o que os distingue, ou preencha a coluna Referência. "
            'Para aceitar sempre: [severidade] linha-repetida = "aviso" em planilote.toml.'
        ),
        example="a linha 9 com os mesmos dados da linha 7",
    ),
    Text(
        code="referencia-repetida",
        family=Family.LINHA,
        severity=Severity.ERRO,
        title="Referência de outra linha",
        message=(
            "A referência “{referencia}” já está na linha {primeira} da planilha "
            "“{planilha_primeira}”: para o planilote as duas são a mesma nota."
        ),
        hint=(
            "Se é a mesma nota, apague uma das linhas. Se são duas, dê a cada uma a sua "
            "referência. Para aceitar sempre: [severidade] referencia-repetida = "
            '"aviso" em planilote.toml.'
        ),
        example="a linha 9 com a Referência PED-1001 da linha 7",
    ),
    Text(
        code="linha-alterada",
        family=Family.LINHA,
        severity=Severity.ERRO,
        title="Linha mudada depois de enviada",
        message=(
            "Esta linha mudou depois de enviada no lote {ref}{numero}. "
            "Antes: {antes}. A nota enviada continua valendo como estava."
        ),
        hint=(
            "Cancele ou substitua a nota no site da prefeitura e depois rode: "
            "planilote converter --reenviar {ref}. Se a mudança foi sem querer, desfaça-a. "
            "Se é outra nota, ponha de volta, ao lado desta, a linha como foi enviada: "
            "ela não sai outra vez, e esta segue."
        ),
        example="o valor da linha 7 passou de 1.500,00 para 1.600,00 depois do envio",
    ),
)
