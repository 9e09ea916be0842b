-- Answers to requests that came with an Idempotency-Key, kept for a while.
CREATE TABLE idempotency (
    tenant TEXT NOT NULL,
    -- A digest of the key and of who sent it.
    key BYTEA NOT NULL,
    -- A digest of the request that came with it.
    request BYTEA NOT NULL,
    -- Microseconds since 1970, UTC.
    expires BIGINT NOT NULL,
    -- The body of the answer, compressed with zstd.
    answer BYTEA NOT NULL,
    PRIMARY KEY (tenant, key)
);

CREATE INDEX idempotency_by_expiry ON idempotency (expires);
