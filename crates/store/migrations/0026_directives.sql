-- Directives from above: what they rest on, their clauses, who must do what by when; who acknowledged having studied them, who
-- reported an obligation as done, and which clause asked for a later record. What was issued is never changed; it ends.
CREATE TABLE directive (
    root_id UUID NOT NULL,
    directive_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    -- Key of a kind of document in forms/words.toml.
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    dated_on TEXT,
    summary TEXT NOT NULL,
    secrecy TEXT NOT NULL,
    circulation TEXT NOT NULL,
    -- Kinds of unit that receive it, with blanks between.
    recipients TEXT NOT NULL,
    study_by TEXT,
    state TEXT NOT NULL,
    -- The superior's directive under which it is a guidance.
    under_id UUID,
    made_by UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    issued_by UUID,
    issued_at TIMESTAMPTZ,
    ended_by UUID,
    ended_at TIMESTAMPTZ,
    end_reason TEXT NOT NULL,
    replaced_by UUID,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, directive_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id),
    FOREIGN KEY (root_id, under_id) REFERENCES directive (root_id, directive_id),
    FOREIGN KEY (root_id, replaced_by) REFERENCES directive (root_id, directive_id)
);
CREATE INDEX directive_by_unit ON directive (root_id, unit_id, state);

CREATE TABLE directive_basis (
    root_id UUID NOT NULL,
    directive_id UUID NOT NULL,
    place BIGINT NOT NULL,
    number TEXT NOT NULL,
    dated_on TEXT NOT NULL,
    issuer TEXT NOT NULL,
    summary TEXT NOT NULL,
    basis_id UUID,
    PRIMARY KEY (root_id, directive_id, place),
    FOREIGN KEY (root_id, directive_id) REFERENCES directive (root_id, directive_id),
    FOREIGN KEY (root_id, basis_id) REFERENCES directive (root_id, directive_id)
);

CREATE TABLE directive_clause (
    root_id UUID NOT NULL,
    directive_id UUID NOT NULL,
    place BIGINT NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    carries TEXT NOT NULL,
    PRIMARY KEY (root_id, directive_id, place),
    UNIQUE (root_id, directive_id, label),
    FOREIGN KEY (root_id, directive_id) REFERENCES directive (root_id, directive_id)
);

CREATE TABLE duty (
    root_id UUID NOT NULL,
    directive_id UUID NOT NULL,
    place BIGINT NOT NULL,
    clause TEXT NOT NULL,
    kinds TEXT NOT NULL,
    post TEXT NOT NULL,
    what TEXT NOT NULL,
    due_on TEXT,
    known_by TEXT NOT NULL,
    PRIMARY KEY (root_id, directive_id, place),
    FOREIGN KEY (root_id, directive_id) REFERENCES directive (root_id, directive_id)
);

CREATE TABLE acknowledgement (
    root_id UUID NOT NULL,
    directive_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    person_id UUID NOT NULL,
    post_id UUID NOT NULL,
    title TEXT NOT NULL,
    manner TEXT NOT NULL,
    studied_on TEXT NOT NULL,
    note TEXT NOT NULL,
    acknowledged_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, directive_id, unit_id, person_id),
    FOREIGN KEY (root_id, directive_id) REFERENCES directive (root_id, directive_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id),
    FOREIGN KEY (root_id, post_id) REFERENCES post (root_id, post_id)
);
CREATE INDEX acknowledgement_by_unit ON acknowledgement (root_id, unit_id);

CREATE TABLE duty_report (
    root_id UUID NOT NULL,
    directive_id UUID NOT NULL,
    place BIGINT NOT NULL,
    unit_id UUID NOT NULL,
    note TEXT NOT NULL,
    reported_by UUID NOT NULL,
    reported_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, directive_id, place, unit_id),
    FOREIGN KEY (root_id, directive_id, place) REFERENCES duty (root_id, directive_id, place),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX duty_report_by_unit ON duty_report (root_id, unit_id);

CREATE TABLE asked_by (
    root_id UUID NOT NULL,
    -- As the journal names objects: campaign/<id>.
    object TEXT NOT NULL,
    directive_id UUID NOT NULL,
    clause TEXT NOT NULL,
    PRIMARY KEY (root_id, object, directive_id, clause),
    FOREIGN KEY (root_id, directive_id) REFERENCES directive (root_id, directive_id)
);
CREATE INDEX asked_by_directive ON asked_by (root_id, directive_id, clause, object);
