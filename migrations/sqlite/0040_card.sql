-- What the CDS services said and what became of it. Nothing of a patient is here: a key is a digest.

-- One row for each thing that a card says.
CREATE TABLE card_statement (
    tenant TEXT NOT NULL,
    -- The card's uuid.
    card TEXT NOT NULL,
    position INTEGER NOT NULL,
    service TEXT NOT NULL,
    hook_instance TEXT NOT NULL,
    -- The rule that leads, or the kind of card where no single rule does.
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    -- What is ordered, where it is about an order.
    ordered TEXT,
    -- A digest of patient, rule, kind of order, severity and what it rests on.
    suppression_key TEXT NOT NULL,
    -- shown, folded, suppressed or shadow.
    fate TEXT NOT NULL,
    -- The card in which it was shown: itself, or the one that it was folded into.
    shown_in TEXT NOT NULL,
    -- Microseconds since 1970, UTC.
    said_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, card, position)
) STRICT;

CREATE INDEX card_statement_by_call ON card_statement (tenant, hook_instance);
CREATE INDEX card_statement_by_key ON card_statement (tenant, suppression_key);
CREATE INDEX card_statement_by_shown ON card_statement (tenant, shown_in);

-- What users did with cards. A clinician's own words are not kept.
CREATE TABLE card_feedback (
    tenant TEXT NOT NULL,
    card TEXT NOT NULL,
    -- accepted or overridden.
    outcome TEXT NOT NULL,
    -- When, as the client wrote it.
    outcome_at TEXT NOT NULL,
    service TEXT NOT NULL,
    -- The suggestions that were accepted, separated by spaces.
    suggestions TEXT,
    -- Why it was overridden, where a reason of a list was chosen.
    reason_system TEXT,
    reason_code TEXT,
    -- 1 where a reason was given: a code, or words, which are not kept.
    has_reason INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, card, outcome, outcome_at)
) STRICT;
