-- What each assessment was made from, so that it can be made again. Written with its resources, once.
CREATE TABLE assessment_archive (
    tenant TEXT NOT NULL,
    -- The identity of the assessment, with which the ids of its resources begin.
    id TEXT COLLATE "C" NOT NULL,
    -- The patient, as a reference such as Patient/123.
    patient TEXT NOT NULL,
    -- The instant that the assessment speaks of, in microseconds since 1970, UTC.
    as_of BIGINT NOT NULL,
    -- JSON, compressed with zstd.
    body BYTEA NOT NULL,
    PRIMARY KEY (tenant, id)
);

ALTER TABLE assessment_archive ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE INDEX assessment_archive_by_patient ON assessment_archive (tenant, patient, as_of, id);
