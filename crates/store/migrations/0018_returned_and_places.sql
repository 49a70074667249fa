-- Why a review was returned the last time, for whoever writes it anew.
CREATE TABLE returned_review (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    reason TEXT NOT NULL,
    returned_by UUID NOT NULL,
    returned_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, review_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- In which of several units somebody who leads them is reviewed, where the competent body decided it; without a row he is reviewed where
-- he stands highest.
CREATE TABLE leader_place (
    root_id UUID NOT NULL,
    person_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    basis TEXT NOT NULL,
    decided_by UUID NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, person_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
