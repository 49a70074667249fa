-- The journal's bookkeeping: what waits to be numbered, and inner nodes of the tree so that neither a new leaf nor a
-- proof has to read the whole tree.

-- Root of the largest complete subtree that ends with this leaf.
ALTER TABLE journal_leaf ADD COLUMN node_hash TEXT NOT NULL DEFAULT '';

CREATE TABLE journal_pending (
    root_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    PRIMARY KEY (root_id, entry_id),
    FOREIGN KEY (root_id, entry_id) REFERENCES journal_entry (root_id, entry_id)
);
