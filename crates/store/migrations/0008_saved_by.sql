-- Who changed a list last, and when: said to whoever saves a page that was opened before.
ALTER TABLE proposal ADD COLUMN saved_by UUID;
ALTER TABLE proposal ADD COLUMN saved_at TIMESTAMPTZ;
ALTER TABLE decision ADD COLUMN saved_by UUID;
ALTER TABLE decision ADD COLUMN saved_at TIMESTAMPTZ;
