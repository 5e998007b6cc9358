    CREATE TABLE consulta (
        source TEXT NOT NULL,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        at TEXT NOT NULL,
        answer TEXT NOT NULL,
        PRIMARY KEY (source, kind, key)
    ) WITHOUT ROWID;
