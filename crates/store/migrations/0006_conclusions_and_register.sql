-- Conclusion of the chair on one person.
CREATE TABLE conclusion (
    root_id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    review_id UUID NOT NULL,
    content TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, meeting_id, review_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, meeting_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
CREATE INDEX conclusion_by_review ON conclusion (root_id, review_id);

-- Register of a unit's papers: within series (`kind`, the letters behind the number) and year a number is given once, however it is typed (`number_key`).
-- `object` is the paper it stands on.
CREATE TABLE register_number (
    root_id UUID NOT NULL,
    object TEXT NOT NULL,
    unit_id UUID NOT NULL,
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, object),
    UNIQUE (root_id, unit_id, kind, year, number_key),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
