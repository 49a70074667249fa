-- Decision that delegates: who decides on a kind of subject, for one unit with all below it (`within_id`), or only for units of
-- a kind there (`kind`, empty for all).
CREATE TABLE delegation (
    root_id UUID NOT NULL,
    delegation_id UUID NOT NULL,
    subject TEXT NOT NULL,
    within_id UUID NOT NULL,
    kind TEXT NOT NULL,
    body_id UUID NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    basis TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, delegation_id),
    FOREIGN KEY (root_id, within_id) REFERENCES unit (root_id, unit_id),
    FOREIGN KEY (root_id, body_id) REFERENCES unit (root_id, unit_id)
);

-- Verification sheet on one review: what the advisory body of the deciding body found and proposes.
CREATE TABLE verification (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    level TEXT NOT NULL,
    opinion TEXT NOT NULL,
    grounds TEXT NOT NULL,
    verified_by UUID NOT NULL,
    verified_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, review_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- Subject that comes late, with the reason: others need not wait for it.
CREATE TABLE late_subject (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    reason TEXT NOT NULL,
    stated_by UUID NOT NULL,
    stated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, review_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
CREATE INDEX decision_line_by_review ON decision_line (root_id, review_id);
CREATE INDEX review_by_place ON review (root_id, unit_id, subject);
CREATE INDEX campaign_by_period ON campaign (root_id, period_from, period_to);
