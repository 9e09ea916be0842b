-- Answers to requests that came with an Idempotency-Key, kept for a while.
CREATE TABLE idempotency (
    tenant TEXT NOT NULL,
    -- A digest of the key and of who sent it.
    key BLOB NOT NULL,
    -- A digest of the request that came with it.
    request BLOB NOT NULL,
    -- Microseconds since 1970, UTC.
    expires INTEGER NOT NULL,
    -- The body of the answer, compressed with zstd.
    answer BLOB NOT NULL,
    PRIMARY KEY (tenant, key)
) STRICT;

CREATE INDEX idempotency_by_expiry ON idempotency (expires);
