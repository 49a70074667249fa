-- Where a unit stood, under which name and as which kind, from a day to a day (open while it lasts). `unit` repeats the row of today.
-- A unit whose founding day nobody knows begins on 0001-01-01.
CREATE TABLE unit_place (
    root_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    parent_id UUID,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (root_id, unit_id, from_on),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id),
    FOREIGN KEY (root_id, parent_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX unit_place_by_path ON unit_place (root_id, path);
CREATE INDEX unit_place_by_parent ON unit_place (root_id, parent_id);
INSERT INTO unit_place (root_id, unit_id, from_on, to_on, parent_id, kind, name, path)
    SELECT root_id, unit_id, COALESCE(founded_on, '0001-01-01'), closed_on, parent_id, kind, name, path FROM unit;

-- A change of the organisation: what was done, from which day, by which document.
CREATE TABLE unit_change (
    root_id UUID NOT NULL,
    change_id UUID NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    basis_number TEXT NOT NULL,
    basis_on TEXT NOT NULL,
    basis_issuer TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, change_id),
    FOREIGN KEY (root_id) REFERENCES root (root_id)
);

-- Which units it touched, and as what.
CREATE TABLE unit_changed (
    root_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    change_id UUID NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (root_id, unit_id, change_id, part),
    FOREIGN KEY (root_id, change_id) REFERENCES unit_change (root_id, change_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX unit_changed_by_change ON unit_changed (root_id, change_id);

-- Whom or what it carried along: memberships, posts and reviews that began, ended or went over by it. `row_id` is theirs.
CREATE TABLE unit_carried (
    root_id UUID NOT NULL,
    row_id UUID NOT NULL,
    change_id UUID NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (root_id, row_id, change_id),
    FOREIGN KEY (root_id, change_id) REFERENCES unit_change (root_id, change_id)
);
CREATE INDEX unit_carried_by_change ON unit_carried (root_id, change_id);

-- From an old unit to who took its place, and back.
CREATE TABLE unit_succession (
    root_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    successor_id UUID NOT NULL,
    change_id UUID NOT NULL,
    PRIMARY KEY (root_id, unit_id, successor_id, change_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id),
    FOREIGN KEY (root_id, successor_id) REFERENCES unit (root_id, unit_id),
    FOREIGN KEY (root_id, change_id) REFERENCES unit_change (root_id, change_id)
);
CREATE INDEX unit_succession_by_successor ON unit_succession (root_id, successor_id);

-- Sinh hoạt tạm thời: a member takes part in another cell for a time; his official cell stays his cell.
CREATE TABLE temporary_activity (
    root_id UUID NOT NULL,
    activity_id UUID NOT NULL,
    person_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    basis TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, activity_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX temporary_activity_by_person ON temporary_activity (root_id, person_id);
CREATE INDEX temporary_activity_by_unit ON temporary_activity (root_id, unit_id);

-- Why the official cell went on without the opinion of the temporary cell, after its time was up.
CREATE TABLE opinion_waived (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    activity_id UUID NOT NULL,
    reason TEXT NOT NULL,
    waived_by UUID NOT NULL,
    waived_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, review_id, activity_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id),
    FOREIGN KEY (root_id, activity_id) REFERENCES temporary_activity (root_id, activity_id)
);

-- In which unit a fact happened, where that is no longer the unit of the review.
CREATE TABLE fact_place (
    root_id UUID NOT NULL,
    fact_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    PRIMARY KEY (root_id, fact_id),
    FOREIGN KEY (root_id, fact_id) REFERENCES fact (root_id, fact_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
