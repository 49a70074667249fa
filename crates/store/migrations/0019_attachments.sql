-- Files from outside that stand beside a record: the original of a directive, evidence of a remedy. A newer version names the one
-- it replaces; neither is ever overwritten. The content is the last column, so that lists do not read it.
CREATE TABLE attachment (
    root_id UUID NOT NULL,
    attachment_id UUID NOT NULL,
    object TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    replaces UUID,
    added_by UUID NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (root_id, attachment_id),
    FOREIGN KEY (root_id, replaces) REFERENCES attachment (root_id, attachment_id)
);
CREATE INDEX attachment_by_object ON attachment (root_id, object, added_at);
-- Two versions cannot replace the same one.
CREATE UNIQUE INDEX attachment_replaced ON attachment (root_id, replaces);
