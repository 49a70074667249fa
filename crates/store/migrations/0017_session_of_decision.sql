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

-- Cân chỉnh: a session in which like was compared with like on a list that was being prepared, and who was moved there.
CREATE TABLE calibration (
    root_id UUID NOT NULL,
    calibration_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    held_on TEXT NOT NULL,
    chair TEXT NOT NULL,
    secretary TEXT NOT NULL,
    members TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, calibration_id),
    FOREIGN KEY (root_id, decision_id) REFERENCES decision (root_id, decision_id)
);
CREATE INDEX calibration_by_decision ON calibration (root_id, decision_id);

CREATE TABLE calibration_move (
    root_id UUID NOT NULL,
    calibration_id UUID NOT NULL,
    review_id UUID NOT NULL,
    from_level TEXT NOT NULL,
    to_level TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (root_id, calibration_id, review_id),
    FOREIGN KEY (root_id, calibration_id) REFERENCES calibration (root_id, calibration_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- Phiếu chấm điểm: what was typed on it (JSON object field -> text) and by whom in which capacity; the rule book reckons it anew
-- whenever it is read. `total` is what it came to then.
CREATE TABLE score_sheet (
    root_id UUID NOT NULL,
    sheet_id UUID NOT NULL,
    review_id UUID NOT NULL,
    role TEXT NOT NULL,
    content TEXT NOT NULL,
    total TEXT NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, sheet_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
CREATE INDEX score_sheet_by_review ON score_sheet (root_id, review_id);
