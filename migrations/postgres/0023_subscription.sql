-- Who wants to be told, and how far each has been told.
CREATE TABLE subscription (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Microseconds since 1970, UTC, as all times here.
    updated BIGINT NOT NULL,
    -- The client that made it; NULL where no tokens are asked for.
    owner TEXT,
    status TEXT NOT NULL,
    -- What is subscribed to, as JSON. Headers in it may be secrets.
    body TEXT NOT NULL,
    -- The last commit of a RiskAssessment that was looked at.
    position BIGINT NOT NULL,
    -- How many events there were, and how many of them the endpoint has acknowledged.
    events BIGINT NOT NULL DEFAULT 0,
    delivered BIGINT NOT NULL DEFAULT 0,
    -- How often in a row the endpoint did not acknowledge, and when it is asked again.
    failures BIGINT NOT NULL DEFAULT 0,
    next_attempt BIGINT NOT NULL DEFAULT 0,
    last_sent BIGINT NOT NULL DEFAULT 0,
    problem TEXT,
    -- The one process that tends to it, and until when.
    lease_holder TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id)
);

-- The events of each subscription, numbered from 1 without a gap.
CREATE TABLE subscription_event (
    tenant TEXT NOT NULL,
    subscription TEXT NOT NULL,
    number BIGINT NOT NULL,
    -- The RiskAssessment and its version.
    resource TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- When it was stored.
    stored BIGINT NOT NULL,
    PRIMARY KEY (tenant, subscription, number)
);
