-- Who took whose place: on the counting team of a ballot (`ballot/<id>`), as monitor of an item (`remediation/<id>`).
CREATE TABLE substitution (
    root_id UUID NOT NULL,
    substitution_id UUID NOT NULL,
    object TEXT NOT NULL,
    role TEXT NOT NULL,
    former_id UUID NOT NULL,
    named_id UUID NOT NULL,
    reason TEXT NOT NULL,
    named_by UUID NOT NULL,
    named_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, substitution_id),
    FOREIGN KEY (root_id, former_id) REFERENCES person (root_id, person_id),
    FOREIGN KEY (root_id, named_id) REFERENCES person (root_id, person_id)
);
CREATE INDEX substitution_by_object ON substitution (root_id, object, named_at);

-- How a review stood before the roster took it out of its round: to this it returns when the roster was wrong.
CREATE TABLE withdrawal (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    state TEXT NOT NULL,
    obligation TEXT NOT NULL,
    obligation_rule TEXT NOT NULL,
    obligation_reason TEXT NOT NULL,
    PRIMARY KEY (root_id, review_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
