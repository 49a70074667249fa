-- Rounds run beside each other, and the same unit is at the same version in several of them: the round belongs to the key.
CREATE TABLE rollup_delta_by_round (
    root_id UUID NOT NULL,
    round_id UUID NOT NULL,
    subject TEXT NOT NULL,
    object_id UUID NOT NULL,
    version BIGINT NOT NULL,
    n BIGINT NOT NULL,
    unit_id UUID NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    level TEXT NOT NULL,
    PRIMARY KEY (root_id, round_id, subject, object_id, version, n),
    FOREIGN KEY (root_id, round_id, unit_id) REFERENCES campaign_unit (root_id, round_id, unit_id)
);
INSERT INTO rollup_delta_by_round (root_id, round_id, subject, object_id, version, n, unit_id, kind, state, level)
    SELECT root_id, round_id, subject, object_id, version, n, unit_id, kind, state, level FROM rollup_delta;
DROP TABLE rollup_delta;
ALTER TABLE rollup_delta_by_round RENAME TO rollup_delta;
