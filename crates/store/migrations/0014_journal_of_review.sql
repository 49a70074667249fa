-- Which entries of the journal are about a review, so that its history is read without reading the journal.
-- Entries from before this migration are not listed: the journal itself holds them.
CREATE TABLE journal_of_review (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    PRIMARY KEY (root_id, review_id, entry_id),
    FOREIGN KEY (root_id, entry_id) REFERENCES journal_entry (root_id, entry_id)
);
