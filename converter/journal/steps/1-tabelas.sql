    CREATE TABLE lote (
        id INTEGER PRIMARY KEY,
        ambiente TEXT NOT NULL,
        ref TEXT NOT NULL,
        arquivo TEXT NOT NULL,
        cnpj TEXT NOT NULL,
        inscricao_municipal TEXT NOT NULL,
        codigo_municipio TEXT NOT NULL,
        state TEXT NOT NULL,
        content INTEGER REFERENCES exchange (id),
        messages TEXT NOT NULL DEFAULT '[]',
        circumstance INTEGER NOT NULL DEFAULT 0,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        revision INTEGER NOT NULL,
        payload BLOB NOT NULL,
        UNIQUE (ambiente, ref)
    );
    CREATE INDEX lote_arquivo ON lote (ambiente, arquivo);
    CREATE INDEX lote_state ON lote (ambiente, state);

    CREATE TABLE nota (
        lote INTEGER NOT NULL REFERENCES lote (id) ON DELETE CASCADE,
        ordem INTEGER NOT NULL,
        identity TEXT NOT NULL,
        planilha TEXT NOT NULL,
        row INTEGER NOT NULL,
        documento TEXT NOT NULL,
        tomador TEXT NOT NULL,
        valor TEXT NOT NULL,
        answer TEXT,
        PRIMARY KEY (lote, ordem)
    ) WITHOUT ROWID;

    CREATE TABLE claim (
        ambiente TEXT NOT NULL,
        identity TEXT NOT NULL,
        lote INTEGER NOT NULL REFERENCES lote (id) ON DELETE CASCADE,
        ordem INTEGER NOT NULL,
        PRIMARY KEY (ambiente, identity)
    ) WITHOUT ROWID;
    CREATE INDEX claim_lote ON claim (lote);

    CREATE VIEW claimed AS
        SELECT claim.ambiente, claim.identity, lote.id AS lote, lote.ref, lote.arquivo, lote.state,
               nota.planilha, nota.row, nota.ordem, nota.documento, nota.valor, nota.answer
        FROM claim JOIN lote ON lote.id = claim.lote
        JOIN nota ON nota.lote = claim.lote AND nota.ordem = claim.ordem;

    CREATE TABLE exchange (
        id INTEGER PRIMARY KEY,
        lote INTEGER NOT NULL REFERENCES lote (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        doubt INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        status INTEGER,
        headers TEXT,
        framed INTEGER,
        fault TEXT,
        body BLOB
    );
    CREATE INDEX exchange_lote ON exchange (lote);

    CREATE TABLE retorno (
        id INTEGER PRIMARY KEY,
        lote INTEGER NOT NULL REFERENCES lote (id) ON DELETE CASCADE,
        exchange INTEGER REFERENCES exchange (id),
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        result TEXT NOT NULL DEFAULT 'esperando',
        messages TEXT NOT NULL DEFAULT '[]',
        content BLOB NOT NULL,
        UNIQUE (lote, sha256)
    );
    CREATE INDEX retorno_sha256 ON retorno (sha256);

    CREATE TABLE arquivo (
        ambiente TEXT NOT NULL,
        arquivo TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        config TEXT NOT NULL,
        outputs TEXT NOT NULL,
        refs TEXT NOT NULL,
        summary TEXT NOT NULL,
        complete INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        seen_at TEXT NOT NULL,
        PRIMARY KEY (ambiente, arquivo)
    ) WITHOUT ROWID;

    CREATE TABLE memory (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE counter (revision INTEGER NOT NULL);
    INSERT INTO counter VALUES (0);
