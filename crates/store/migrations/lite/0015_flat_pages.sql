-- Lists of a round go down the tree and stop when a page is full.
CREATE INDEX campaign_unit_by_path ON campaign_unit (root_id, round_id, path);
-- Members are counted without reading their rows.
CREATE INDEX membership_counted ON membership (root_id, unit_id, standing, from_on, to_on);
-- What waits for somebody as a teller stands on his task list.
CREATE INDEX ballot_by_teller_a ON ballot (root_id, teller_a);
CREATE INDEX ballot_by_teller_b ON ballot (root_id, teller_b);
CREATE INDEX ballot_by_head_teller ON ballot (root_id, head_teller);

-- Figures of units (subject `unit`) say in `level` until when those units should be a step further, so that how many are
-- late is read and not counted.
DELETE FROM rollup_delta WHERE subject = 'unit';
DELETE FROM rollup WHERE subject = 'unit';
INSERT INTO rollup (root_id, round_id, unit_id, subject, kind, state, level, n)
WITH RECURSIVE above (root_id, round_id, unit_id, at_id) AS (
    SELECT root_id, round_id, unit_id, unit_id FROM campaign_unit
    UNION ALL
    SELECT a.root_id, a.round_id, a.unit_id, p.unit_id FROM above a
    JOIN campaign_unit c ON c.root_id = a.root_id AND c.round_id = a.round_id AND c.unit_id = a.at_id
    JOIN campaign_unit p ON p.root_id = a.root_id AND p.round_id = a.round_id AND p.unit_id = c.parent_id
)
SELECT a.root_id, a.round_id, a.at_id, 'unit', u.kind, u.step, u.due_on, COUNT(*) FROM above a
JOIN campaign_unit u ON u.root_id = a.root_id AND u.round_id = a.round_id AND u.unit_id = a.unit_id
GROUP BY a.root_id, a.round_id, a.at_id, u.kind, u.step, u.due_on;
