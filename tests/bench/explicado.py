"""Why a target is not met: by hand, beside tables that are measured; no figure stands here."""

SHORTFALLS: tuple[str, ...] = (
    "- **Contra o script.** O script da ficha, com pandera, custa poucas vezes o piso: onde a meta "
    "contra ele pede menos que o piso, não se chega a ela com estas bibliotecas.",
    "- **1 mil linhas.** Quase tudo é carregar bibliotecas e os nossos módulos; o piso só carrega "
    "as primeiras. O que não se usa numa conferência (o cliente HTTP, os leiautes, a página) "
    "só se carrega quando pedido; TOML já analisado fica guardado como o bytecode.",
    "- **100 mil linhas.** O piso só lê, confere o esquema, escreve o JSON e comprime. O resto é o "
    "trabalho: um processo à parte que lê o que vem de estranhos, as regras entre campos, a "
    "identidade de cada linha, um diário que não deixa enviar duas vezes, o que a prefeitura "
    "recusaria, e quatro folhas com um elo para cada linha. Nenhuma etapa passa muito de um "
    "quarto, e cada uma já trabalha por colunas e por valores distintos.",
    "- **Tentado e deixado:** gravar as linhas do diário por um só comando (json_each) ou em ordem "
    "de identidade poupa um quarto de um décimo; comprimir as folhas numa thread poupa o que a "
    "compressão custa, e com isal ela quase nada custa.",
)
