-- What was said about whom. A row is written once and never changed: the id is a function of its content.
CREATE TABLE risk_assessment (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    -- Microseconds since 1970, UTC. Given under the write lock and strictly increasing in the order of commits, so
    -- that a reader who asks for everything after the last row it saw never misses one.
    last_updated_microseconds INTEGER NOT NULL UNIQUE,
    -- The rows that one answer stored first share this: the last_updated_microseconds of the first of them.
    assessment INTEGER NOT NULL,
    -- The patient, as a reference such as Patient/123.
    subject TEXT NOT NULL,
    -- The RiskAssessment as JSON, without meta.
    body BLOB NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX risk_assessment_by_subject ON risk_assessment (tenant, subject, last_updated_microseconds);
CREATE INDEX risk_assessment_by_assessment ON risk_assessment (assessment);
