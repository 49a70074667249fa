-- What people ask for by name: whose reviews, whose items, what was said in a meeting, where one is signed in.
CREATE INDEX review_by_person ON review (root_id, person_id);
CREATE INDEX review_by_subject ON review (root_id, subject, about_id);
CREATE INDEX criticism_by_meeting ON criticism (root_id, meeting_id);
CREATE INDEX notice_by_decision ON notice (root_id, decision_id);
CREATE INDEX remediation_by_review ON remediation_item (root_id, review_id);
CREATE INDEX remediation_by_owner ON remediation_item (root_id, owner_id);
CREATE INDEX remediation_by_monitor ON remediation_item (root_id, monitor_id);
CREATE INDEX session_by_account ON session (root_id, account_id);
