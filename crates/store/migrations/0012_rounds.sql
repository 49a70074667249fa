-- Rounds over a tree, and what is counted in them at every level.

-- The superior body's round that a campaign belongs to; none for a round of its own. No foreign key: SQLite cannot add one.
ALTER TABLE campaign ADD COLUMN parent_id UUID;
-- Word of `domain::campaign::CampaignKind`.
ALTER TABLE campaign ADD COLUMN kind TEXT NOT NULL DEFAULT 'annual';
CREATE INDEX campaign_by_parent ON campaign (root_id, parent_id);
CREATE INDEX campaign_by_unit ON campaign (root_id, unit_id);

-- All reviews of a unit, whichever body decides on them.
CREATE INDEX review_of_unit ON review (root_id, unit_id);

-- The tree of a round as it stood when it was opened, with the campaign in which its members are decided, how far each
-- unit is and until when it should be further:
-- figures of a round do not jump to another superior when units are moved in mid-season.
CREATE TABLE campaign_unit (
    root_id UUID NOT NULL,
    round_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    parent_id UUID,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    step TEXT NOT NULL,
    due_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, round_id, unit_id),
    FOREIGN KEY (root_id, campaign_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, round_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX campaign_unit_by_campaign ON campaign_unit (root_id, campaign_id);
CREATE INDEX campaign_unit_by_parent ON campaign_unit (root_id, round_id, parent_id);
CREATE INDEX campaign_unit_by_due ON campaign_unit (root_id, round_id, due_on);

-- How many objects of one class a unit has with everything below it: reviews by subject, obligation (`kind`), state and
-- decided level; units (subject `unit`) by kind and step; notices (subject `notice`) by state.
CREATE TABLE rollup (
    root_id UUID NOT NULL,
    round_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    level TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (root_id, round_id, unit_id, subject, kind, state, level),
    FOREIGN KEY (root_id, round_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);

-- What is not folded into `rollup` yet: version v of an object entered (n = 1) or left (n = -1) a class. No row that every
-- act in December would have to lock.
CREATE TABLE rollup_delta (
    root_id UUID NOT NULL,
    subject TEXT NOT NULL,
    object_id UUID NOT NULL,
    version BIGINT NOT NULL,
    n BIGINT NOT NULL,
    round_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    level TEXT NOT NULL,
    PRIMARY KEY (root_id, subject, object_id, version, n),
    FOREIGN KEY (root_id, round_id, unit_id) REFERENCES campaign_unit (root_id, round_id, unit_id)
);

-- Every nightly recount of a round with what it found; kept, so that a difference is never hidden.
CREATE TABLE rollup_check (
    root_id UUID NOT NULL,
    check_id UUID NOT NULL,
    round_id UUID NOT NULL,
    checked_at TIMESTAMPTZ NOT NULL,
    compared BIGINT NOT NULL,
    differing BIGINT NOT NULL,
    sample TEXT NOT NULL,
    PRIMARY KEY (root_id, check_id),
    FOREIGN KEY (root_id, round_id) REFERENCES campaign (root_id, campaign_id)
);
CREATE INDEX rollup_check_by_round ON rollup_check (root_id, round_id, checked_at);

-- A summary table as it was reported upwards: the figures of that moment, JSON.
CREATE TABLE reported_summary (
    root_id UUID NOT NULL,
    report_id UUID NOT NULL,
    round_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    figures TEXT NOT NULL,
    note TEXT NOT NULL,
    reported_by UUID NOT NULL,
    reported_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, report_id),
    FOREIGN KEY (root_id, round_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX reported_summary_by_unit ON reported_summary (root_id, round_id, unit_id, reported_at);
