-- Công bố kết quả: a decision was made known, in which form, to whom, on which day. Several times if several ways.
CREATE TABLE publication (
    root_id UUID NOT NULL,
    publication_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    form TEXT NOT NULL,
    audience TEXT NOT NULL,
    published_on TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, publication_id),
    FOREIGN KEY (root_id, decision_id) REFERENCES decision (root_id, decision_id)
);
CREATE INDEX publication_by_decision ON publication (root_id, decision_id);
