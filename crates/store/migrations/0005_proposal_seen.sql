-- Level the cell proposed when the line was saved, empty when none had arrived; an empty `level` is a line left open.
ALTER TABLE decision_line ADD COLUMN proposed TEXT NOT NULL DEFAULT '';
UPDATE decision_line SET proposed = COALESCE((SELECT MAX(l.level) FROM proposal_line l
    WHERE l.root_id = decision_line.root_id AND l.review_id = decision_line.review_id), '');
