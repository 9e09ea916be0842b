-- By which business identifiers a patient is found. They belong to the patient and not to a resource: one that was sent
-- later finds what was stored earlier. Digests alone, as in posting.
CREATE TABLE subject_identifier (
    -- The identifier.
    term BYTEA NOT NULL,
    -- The term under which the resources of the patient are found.
    posting BYTEA NOT NULL,
    PRIMARY KEY (term, posting)
);
