-- Counts the changes of tree and roster: what was counted over a large branch holds until the next of them.
ALTER TABLE root ADD COLUMN roster_version BIGINT NOT NULL DEFAULT 1;
-- A name is looked for in the index alone, in the order of lists.
DROP INDEX person_by_name;
CREATE INDEX person_by_name ON person (root_id, name_key, person_id, name_fold);
