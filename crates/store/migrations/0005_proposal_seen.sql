-- Level the cell proposed when the line was saved, empty when none had arrived; an empty `level` is a line left open.
ALTER TABLE decision_line ADD COLUMN proposed TEXT NOT NULL DEFAULT '';
UPDATE decision_line SET proposed = COALESCE((SELECT MAX(l.level) FROM proposal_line l
    JOIN proposal p ON p.root_id = l.root_id AND p.proposal_id = l.proposal_id
    WHERE l.root_id = decision_line.root_id AND l.review_id = decision_line.review_id AND p.state IN ('sent', 'decided')), '');
