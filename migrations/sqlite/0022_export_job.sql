-- Exports that were asked for. The files are not here: they are read from the resources as they stood at the snapshot.
CREATE TABLE export_job (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    -- The sequence of the last commit that the export holds.
    snapshot INTEGER NOT NULL,
    -- Microseconds since 1970, UTC.
    expires INTEGER NOT NULL,
    -- What was asked, as JSON.
    request TEXT NOT NULL,
    -- The files, as JSON; NULL as long as they are being laid out.
    files TEXT,
    PRIMARY KEY (tenant, id)
) STRICT;
