-- Gợi ý kiểm điểm: the superior body (`body_id`) names issues that a subject must explain in its review. `round` counts how often the
-- issues were asked: what was not clarified is asked anew.
CREATE TABLE suggestion (
    root_id UUID NOT NULL,
    suggestion_id UUID NOT NULL,
    review_id UUID NOT NULL,
    body_id UUID NOT NULL,
    state TEXT NOT NULL,
    round BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    drafted_by UUID NOT NULL,
    drafted_at TIMESTAMPTZ NOT NULL,
    sent_by UUID,
    sent_at TIMESTAMPTZ,
    withdrawn_reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, suggestion_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id),
    FOREIGN KEY (root_id, body_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX suggestion_by_review ON suggestion (root_id, review_id);
CREATE INDEX suggestion_by_body ON suggestion (root_id, body_id);

-- One issue: ground (id of the rule book, or `other` with its words), facts, evidence, what is to be explained and by whom.
CREATE TABLE suggestion_issue (
    root_id UUID NOT NULL,
    issue_id UUID NOT NULL,
    suggestion_id UUID NOT NULL,
    place BIGINT NOT NULL,
    ground TEXT NOT NULL,
    ground_text TEXT NOT NULL,
    facts TEXT NOT NULL,
    evidence TEXT NOT NULL,
    question TEXT NOT NULL,
    explained_by TEXT NOT NULL,
    PRIMARY KEY (root_id, issue_id),
    FOREIGN KEY (root_id, suggestion_id) REFERENCES suggestion (root_id, suggestion_id)
);
CREATE INDEX suggestion_issue_by_suggestion ON suggestion_issue (root_id, suggestion_id, place);

-- Explanations; the newest of a round counts, older ones stay.
CREATE TABLE suggestion_answer (
    root_id UUID NOT NULL,
    issue_id UUID NOT NULL,
    round BIGINT NOT NULL,
    version BIGINT NOT NULL,
    explanation TEXT NOT NULL,
    cause TEXT NOT NULL,
    responsibility TEXT NOT NULL,
    answered_by UUID NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, issue_id, round, version),
    FOREIGN KEY (root_id, issue_id) REFERENCES suggestion_issue (root_id, issue_id)
);

-- What the meeting said about an issue in a round.
CREATE TABLE suggestion_discussion (
    root_id UUID NOT NULL,
    issue_id UUID NOT NULL,
    round BIGINT NOT NULL,
    held_on TEXT NOT NULL,
    content TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, issue_id, round),
    FOREIGN KEY (root_id, issue_id) REFERENCES suggestion_issue (root_id, issue_id)
);

-- What the superior concluded about an issue in a round.
CREATE TABLE suggestion_verdict (
    root_id UUID NOT NULL,
    issue_id UUID NOT NULL,
    round BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    judged_by UUID NOT NULL,
    judged_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, issue_id, round),
    FOREIGN KEY (root_id, issue_id) REFERENCES suggestion_issue (root_id, issue_id)
);

-- A stated fact for which the superior decided that nothing needs to be suggested.
CREATE TABLE suggestion_passed (
    root_id UUID NOT NULL,
    fact_id UUID NOT NULL,
    reason TEXT NOT NULL,
    passed_by UUID NOT NULL,
    passed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, fact_id),
    FOREIGN KEY (root_id, fact_id) REFERENCES fact (root_id, fact_id)
);

-- Phân công theo dõi, chỉ đạo: a member of a committee follows a unit, or a sector named in words, through a campaign.
CREATE TABLE assignment (
    root_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    body_id UUID NOT NULL,
    person_id UUID NOT NULL,
    unit_id UUID,
    sector TEXT NOT NULL,
    basis TEXT NOT NULL,
    from_on TEXT NOT NULL,
    assigned_by UUID NOT NULL,
    assigned_at TIMESTAMPTZ NOT NULL,
    ended_on TEXT,
    ended_reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, assignment_id),
    FOREIGN KEY (root_id, campaign_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, body_id) REFERENCES unit (root_id, unit_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX assignment_by_campaign ON assignment (root_id, campaign_id);
CREATE INDEX assignment_by_person ON assignment (root_id, person_id);
CREATE INDEX assignment_by_unit ON assignment (root_id, unit_id);

-- What the assigned member saw of the preparation, or that he attended the session and what he remarked there.
CREATE TABLE observation (
    root_id UUID NOT NULL,
    observation_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    kind TEXT NOT NULL,
    seen_on TEXT NOT NULL,
    content TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, observation_id),
    FOREIGN KEY (root_id, assignment_id) REFERENCES assignment (root_id, assignment_id)
);
CREATE INDEX observation_by_assignment ON observation (root_id, assignment_id);

-- Lịch cá nhân: the digest of the secret in the address of somebody's calendar feed; renewing it ends the old address.
CREATE TABLE calendar_feed (
    root_id UUID NOT NULL,
    person_id UUID NOT NULL,
    secret_digest TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, person_id),
    UNIQUE (root_id, secret_digest),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id)
);
