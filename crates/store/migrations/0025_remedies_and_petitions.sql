-- Khắc phục: what else an item says. `origin` names the record in which the shortcoming was told; `collective` that a collective owes it and
-- the owner answers for it. Items of before have no first day.
ALTER TABLE remediation_item ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE remediation_item ADD COLUMN collective BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE remediation_item ADD COLUMN expected TEXT NOT NULL DEFAULT '';
ALTER TABLE remediation_item ADD COLUMN inspector_id UUID;
ALTER TABLE remediation_item ADD COLUMN starts_on TEXT;
ALTER TABLE remediation_item ADD COLUMN checked_on TEXT;

CREATE INDEX remediation_by_inspector ON remediation_item (root_id, inspector_id);

-- Kế hoạch khắc phục of one review, approved by the body that decided on it.
CREATE TABLE remediation_plan (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    state TEXT NOT NULL,
    sent_by UUID,
    sent_at TIMESTAMPTZ,
    judged_by UUID,
    judged_at TIMESTAMPTZ,
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, review_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- A shortcoming that was told and is not taken into the plan, with the reason.
CREATE TABLE shortcoming_left (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    origin TEXT NOT NULL,
    reason TEXT NOT NULL,
    left_by UUID NOT NULL,
    left_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, review_id, origin),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- What was reported on an item, seen at a check or on a visit.
CREATE TABLE remediation_note (
    root_id UUID NOT NULL,
    note_id UUID NOT NULL,
    item_id UUID NOT NULL,
    kind TEXT NOT NULL,
    held_on TEXT NOT NULL,
    content TEXT NOT NULL,
    noted_by UUID NOT NULL,
    noted_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, note_id),
    FOREIGN KEY (root_id, item_id) REFERENCES remediation_item (root_id, item_id)
);
CREATE INDEX remediation_note_by_item ON remediation_note (root_id, item_id, held_on);

-- A deadline that was put off (`remediation/<id>`, `petition/<id>`); the old day stays.
CREATE TABLE extension (
    root_id UUID NOT NULL,
    extension_id UUID NOT NULL,
    object TEXT NOT NULL,
    from_due TEXT NOT NULL,
    to_due TEXT NOT NULL,
    reason TEXT NOT NULL,
    extended_by UUID NOT NULL,
    extended_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, extension_id),
    FOREIGN KEY (root_id) REFERENCES root (root_id)
);
CREATE INDEX extension_by_object ON extension (root_id, object, extended_at);

-- Mốc của kế hoạch hỗ trợ: so many days after the decision something should be seen, and what was seen.
CREATE TABLE support_milestone (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    after_days BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    goal TEXT NOT NULL,
    supporter_id UUID NOT NULL,
    finding TEXT NOT NULL,
    checked_on TEXT,
    checked_by UUID,
    PRIMARY KEY (root_id, review_id, after_days),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

CREATE INDEX support_milestone_by_supporter ON support_milestone (root_id, supporter_id);

-- Kiến nghị, khiếu nại về kết quả xếp loại.
CREATE TABLE petition (
    root_id UUID NOT NULL,
    petition_id UUID NOT NULL,
    review_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    petitioner_id UUID NOT NULL,
    content TEXT NOT NULL,
    received_on TEXT NOT NULL,
    received_by UUID NOT NULL,
    working_days BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_on TEXT,
    answered_by UUID,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, petition_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id),
    FOREIGN KEY (root_id, decision_id) REFERENCES decision (root_id, decision_id)
);
CREATE INDEX petition_by_review ON petition (root_id, review_id);

-- A level decided once more: the decision of one line that stands for an earlier one, and what led to it (`petition/<id>`).
CREATE TABLE redecision (
    root_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    review_id UUID NOT NULL,
    earlier_id UUID NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (root_id, decision_id, review_id),
    FOREIGN KEY (root_id, decision_id) REFERENCES decision (root_id, decision_id),
    FOREIGN KEY (root_id, earlier_id) REFERENCES decision (root_id, decision_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
CREATE INDEX redecision_by_review ON redecision (root_id, review_id);

-- The notice of a decision for which another stands now, with the reply to it.
CREATE TABLE replaced_notice (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    comment TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    reply_due_on TEXT NOT NULL,
    read_at TIMESTAMPTZ,
    reply TEXT NOT NULL,
    replied_at TIMESTAMPTZ,
    PRIMARY KEY (root_id, review_id, decision_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id),
    FOREIGN KEY (root_id, decision_id) REFERENCES decision (root_id, decision_id)
);
