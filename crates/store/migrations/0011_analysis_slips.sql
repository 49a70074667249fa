-- Analysis slip: what a body that takes part says of an organisation or a collective. Slips stay; the newest of a body
-- (`body_key`) counts. `grades` is a JSON object criterion -> grade.
CREATE TABLE analysis_slip (
    root_id UUID NOT NULL,
    slip_id UUID NOT NULL,
    review_id UUID NOT NULL,
    body TEXT NOT NULL,
    body_key TEXT NOT NULL,
    role TEXT NOT NULL,
    grades TEXT NOT NULL,
    level TEXT,
    comment TEXT NOT NULL,
    signer TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, slip_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
CREATE INDEX analysis_slip_by_review ON analysis_slip (root_id, review_id);
