-- Why a membership ended without another in its place: a word of `domain`, empty while it lasts or when he moved.
ALTER TABLE membership ADD COLUMN end_reason TEXT NOT NULL DEFAULT '';
