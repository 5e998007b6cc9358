CREATE TABLE IF NOT EXISTS lotes (
    id INTEGER PRIMARY KEY,
    dono TEXT NOT NULL,
    ref TEXT NOT NULL,
    cnpj TEXT NOT NULL,
    inscricao_municipal TEXT NOT NULL,
    codigo_municipio TEXT NOT NULL,
    notas INTEGER NOT NULL,
    payload BLOB NOT NULL,
    impressao TEXT NOT NULL,
    arquivo BLOB NOT NULL,
    nome TEXT NOT NULL,
    media_type TEXT NOT NULL,
    avisos BLOB NOT NULL,
    criado_em TEXT NOT NULL,
    retorno BLOB,
    retorno_nome TEXT,
    retorno_em TEXT,
    recusado INTEGER NOT NULL DEFAULT 0,
    erros TEXT NOT NULL DEFAULT '[]',
    resposta BLOB,
    respondido_em TEXT,
    UNIQUE (dono, ref)
) STRICT;
CREATE INDEX IF NOT EXISTS lotes_ref ON lotes (ref);
CREATE TABLE IF NOT EXISTS numeros (
    cnpj TEXT NOT NULL,
    inscricao_municipal TEXT NOT NULL,
    codigo_municipio TEXT NOT NULL,
    contador TEXT NOT NULL,
    proximo INTEGER NOT NULL,
    PRIMARY KEY (cnpj, inscricao_municipal, codigo_municipio, contador)
) STRICT;
CREATE TABLE IF NOT EXISTS aceitos (
    cnpj TEXT NOT NULL,
    inscricao_municipal TEXT NOT NULL,
    codigo_municipio TEXT NOT NULL,
    tipo TEXT NOT NULL,
    valor TEXT NOT NULL,
    PRIMARY KEY (cnpj, inscricao_municipal, codigo_municipio, tipo, valor)
) STRICT, WITHOUT ROWID;
