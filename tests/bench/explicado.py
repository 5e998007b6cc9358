"""Why a target is not met, from a profile; by hand, beside the numbers it explains."""

SHORTFALLS: tuple[str, ...] = (
    "### Por que algumas metas não foram cumpridas",
    "",
    "Os números abaixo são segundos de CPU (usuário e sistema), medidos com a máquina ocupada: "
    "valem as razões, e elas variam uns 15 % de uma rodada para outra.",
    "",
    "| linhas, xlsx | planilote | script | piso | script ÷ planilote | planilote ÷ piso | MB |",
    "|---|---:|---:|---:|---:|---:|---:|",
    "| 1 mil | 1,9 | 2,9 | 1,0 | 1,4 | 2,0 | 131 |",
    "| 10 mil | 2,8 a 3,7 | 10,6 a 14,1 | 1,6 | 3,8 | 1,8 a 2,3 | 177 |",
    "| 10 mil, 5 % com erro | 3,2 |  | 1,2 |  | 2,8 | 190 |",
    "| 100 mil | 12,8 a 17,3 | 82,9 | 4,3 a 5,3 | 6,5 | 3,0 a 3,3 | 569 |",
    "",
    "- **Contra o script.** O script da ficha, com pandera, custa só duas a três vezes o piso com "
    "mil linhas e sete a nove vezes com 10 mil: 2 e 7 vezes o script são o próprio piso, ou menos. "
    "Quem confere 22 colunas umas contra as outras, identifica cada linha e guarda um diário não "
    "chega lá com estas bibliotecas.",
    "- **1 mil linhas.** De 1,9 s, 0,7 são pandas e pandera, 0,5 os nossos 300 módulos (umas 190 "
    "dataclasses e 150 expressões regulares feitas ao importar), 0,1 o processo que lê, 0,4 o "
    "trabalho.",
    "- **100 mil linhas.** Por etapa, em segundos de um total de 11 sem as bibliotecas: ler 0,3 "
    "(mais o outro processo), mapear 0,8, conferir 2,8, montar 1,0, prever a prefeitura 0,3, "
    "agrupar 0,3, diário 1,5, relatar 0,7, escrever 2,9. Nenhuma passa muito de um quarto.",
    "- **Não tentado nesta rodada:** blocos da leitura à escrita para mais de 200 mil linhas (a "
    "maior folha do Excel pedia 4,8 GB na rodada anterior, e a memória não foi medida de novo), "
    "comprimir as folhas numa thread, ler o arquivo seguinte enquanto este se escreve.",
    "",
    "O que já se fez: a prefeitura de cada cidade é consultada uma vez para todas as linhas de que "
    "diz o mesmo (23,8 s de CPU viraram 12,8 em 100 mil linhas), sem coleta de lixo enquanto as "
    "bibliotecas carregam (um décimo de um arquivo pequeno), TOML já analisado guardado como o "
    "bytecode, leiautes carregados só quando pedidos, textos, valores e datas lidos por coluna, e "
    "do pandera só as colunas que a folha tem (um sexto de cada um de muitos arquivos pequenos).",
)
