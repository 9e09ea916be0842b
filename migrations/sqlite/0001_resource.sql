-- Every resource that is held, whatever its type. What a row says is written once and never changed.

-- The time of the latest commit. Every transaction that writes takes its times from here first, which makes them
-- strictly increasing in the order of commits, also when a row is removed, the clock goes back, or several processes
-- write.
CREATE TABLE commit_clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    latest INTEGER NOT NULL
) STRICT;
INSERT INTO commit_clock (id, latest) VALUES (1, 0);

-- One row for each version of each resource.
CREATE TABLE resource_version (
    -- Microseconds since 1970, UTC: the version's meta.lastUpdated and its place in the order of commits, so that a
    -- reader who asks for everything after the last row it saw never misses one.
    sequence INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    -- The sequence of the version after this; the largest number there is for the current one, and its own for a
    -- deletion, which is no answer to a search at any time. A row is what it was at time T where sequence <= T and
    -- replaced > T. The only column that changes while a resource lives.
    replaced INTEGER NOT NULL DEFAULT 9223372036854775807,
    -- The rows that one answer stored first share this: the sequence of the first of them.
    answer INTEGER NOT NULL,
    -- The patient, as a reference such as Patient/123.
    subject TEXT,
    -- A digest of what resources share that follow one another: for RiskAssessments patient, instrument and place.
    series BLOB,
    -- The id of the one before it in its series, when it was stored.
    predecessor TEXT,
    -- The first and the last microsecond of the resource's date: a second apart at most, which searches rely on.
    date_start INTEGER,
    date_end INTEGER,
    -- JSON without meta, compressed with zstd; NULL for a deletion, and for what was purged.
    body BLOB,
    CHECK ((date_start IS NULL) = (date_end IS NULL) AND date_end - date_start < 1000000)
) STRICT;

CREATE UNIQUE INDEX resource_version_by_id ON resource_version (tenant, resource_type, id, version);
CREATE INDEX resource_version_by_type ON resource_version (tenant, resource_type, sequence, replaced);
CREATE INDEX resource_version_by_date ON resource_version (tenant, resource_type, date_start, sequence);
CREATE INDEX resource_version_by_series ON resource_version (series, date_start, sequence) WHERE series IS NOT NULL;

-- What can be looked up by equality. A term is 16 bytes of a digest of tenant, type, parameter and value, so that this
-- table holds no patient data and its rows are short.
CREATE TABLE posting (
    term BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (term, sequence)
) STRICT, WITHOUT ROWID;

-- Numbers that can be searched for by size. The term is the parameter's.
CREATE TABLE number_posting (
    term BLOB NOT NULL,
    value REAL NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (term, value, sequence)
) STRICT, WITHOUT ROWID;

-- What all replicas must share, such as the key of the links to further pages.
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;
