-- Whom a reported summary counted, where and how: what changed since is told subject by subject.
CREATE TABLE reported_subject (
    root_id UUID NOT NULL,
    report_id UUID NOT NULL,
    review_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    obligation TEXT NOT NULL,
    level TEXT NOT NULL,
    PRIMARY KEY (root_id, report_id, review_id),
    FOREIGN KEY (root_id, report_id) REFERENCES reported_summary (root_id, report_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
