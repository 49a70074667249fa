-- Defence in depth: through this file's own doors nobody changes or removes what the journal holds. Salts may go
-- (lawful erasure), entries and leaves never.
CREATE TRIGGER journal_entry_stays BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal entries are never removed'); END;
CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
CREATE TRIGGER journal_leaf_stays BEFORE DELETE ON journal_leaf
BEGIN SELECT RAISE(ABORT, 'journal leaves are never removed'); END;
CREATE TRIGGER journal_leaf_unchanged BEFORE UPDATE ON journal_leaf
BEGIN SELECT RAISE(ABORT, 'journal leaves are never changed'); END;
