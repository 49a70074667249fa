-- The spine: one hierarchy (root), its units and people, one campaign from roster to remediation, and the journal.
-- One text for SQLite and PostgreSQL. Every key begins with root_id so that a hierarchy can move to a shard of its own.
-- Days are TEXT 'YYYY-MM-DD', clock times TEXT 'HH:MM', JSON is TEXT, names of states and kinds are TEXT words of `domain`.

CREATE TABLE root (
    root_id UUID NOT NULL,
    name TEXT NOT NULL,
    demo BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id)
);

-- Organisation ------------------------------------------------------------------------------------------------------

CREATE TABLE unit (
    root_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    parent_id UUID,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    superior_name TEXT NOT NULL,
    place TEXT NOT NULL,
    number_suffix TEXT NOT NULL,
    path TEXT NOT NULL,
    founded_on TEXT,
    closed_on TEXT,
    PRIMARY KEY (root_id, unit_id),
    UNIQUE (root_id, code),
    FOREIGN KEY (root_id) REFERENCES root (root_id),
    FOREIGN KEY (root_id, parent_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX unit_by_path ON unit (root_id, path);
CREATE INDEX unit_by_parent ON unit (root_id, parent_id);

CREATE TABLE person (
    root_id UUID NOT NULL,
    person_id UUID NOT NULL,
    code TEXT NOT NULL,
    card_number TEXT,
    full_name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    name_key TEXT NOT NULL,
    born_on TEXT,
    civil_kind TEXT NOT NULL,
    government_post TEXT NOT NULL,
    mass_post TEXT NOT NULL,
    workplace TEXT NOT NULL,
    leader BOOLEAN NOT NULL,
    PRIMARY KEY (root_id, person_id),
    UNIQUE (root_id, code),
    UNIQUE (root_id, card_number),
    FOREIGN KEY (root_id) REFERENCES root (root_id)
);
CREATE INDEX person_by_name ON person (root_id, name_key, person_id);

CREATE TABLE membership (
    root_id UUID NOT NULL,
    membership_id UUID NOT NULL,
    person_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    standing TEXT NOT NULL,
    admitted_on TEXT NOT NULL,
    official_on TEXT,
    from_on TEXT NOT NULL,
    to_on TEXT,
    PRIMARY KEY (root_id, membership_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX membership_by_unit ON membership (root_id, unit_id);
CREATE INDEX membership_by_person ON membership (root_id, person_id);

CREATE TABLE post (
    root_id UUID NOT NULL,
    post_id UUID NOT NULL,
    person_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    title TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    PRIMARY KEY (root_id, post_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX post_by_person ON post (root_id, person_id);
CREATE INDEX post_by_unit ON post (root_id, unit_id);

-- A file that was read and shown, and waits to be confirmed; `rows` holds the parsed rows, nothing else was written.
CREATE TABLE intake (
    root_id UUID NOT NULL,
    intake_id UUID NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    parsed TEXT NOT NULL,
    state TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, intake_id),
    FOREIGN KEY (root_id) REFERENCES root (root_id)
);

-- Doors -------------------------------------------------------------------------------------------------------------

CREATE TABLE account (
    root_id UUID NOT NULL,
    account_id UUID NOT NULL,
    person_id UUID NOT NULL,
    login TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    failures BIGINT NOT NULL,
    locked_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, account_id),
    UNIQUE (root_id, login),
    UNIQUE (root_id, person_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id)
);

CREATE TABLE session (
    root_id UUID NOT NULL,
    session_hash TEXT NOT NULL,
    account_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, session_hash),
    FOREIGN KEY (root_id, account_id) REFERENCES account (root_id, account_id)
);

-- Campaign ----------------------------------------------------------------------------------------------------------

CREATE TABLE campaign (
    root_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    title TEXT NOT NULL,
    period_year BIGINT NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    cut_off_on TEXT NOT NULL,
    rule_book_id TEXT NOT NULL,
    rule_book_seal TEXT NOT NULL,
    settings TEXT NOT NULL,
    basis TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_by UUID NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, campaign_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);

CREATE TABLE campaign_step (
    root_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    step TEXT NOT NULL,
    due_on TEXT NOT NULL,
    PRIMARY KEY (root_id, campaign_id, step),
    FOREIGN KEY (root_id, campaign_id) REFERENCES campaign (root_id, campaign_id)
);

-- Review of one subject in one campaign. `subject` is its kind (a word of `domain`), `about_id` the person or the unit it is
-- about: for an organisation or its leadership collective there is no person and `unit_id` is that unit; a member is reviewed
-- in his cell, a leader in the unit he leads. `obligation` and its rule were computed from the rule book when it was opened.
CREATE TABLE review (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    subject TEXT NOT NULL,
    about_id UUID NOT NULL,
    person_id UUID,
    unit_id UUID NOT NULL,
    state TEXT NOT NULL,
    obligation TEXT NOT NULL,
    obligation_rule TEXT NOT NULL,
    obligation_reason TEXT NOT NULL,
    leader BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, review_id),
    UNIQUE (root_id, campaign_id, subject, about_id),
    FOREIGN KEY (root_id, campaign_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX review_by_unit ON review (root_id, campaign_id, unit_id);

CREATE TABLE self_review (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    form TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL,
    saved_by UUID NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, review_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- Every version that was handed in; the newest is the one that counts.
CREATE TABLE self_review_submitted (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    version BIGINT NOT NULL,
    form TEXT NOT NULL,
    content TEXT NOT NULL,
    submitted_at TIMESTAMPTZ NOT NULL,
    submitted_by UUID NOT NULL,
    on_behalf_reason TEXT,
    PRIMARY KEY (root_id, review_id, version),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- A fact of the case as the rule book declares it; the newest row of a name counts, older ones stay.
CREATE TABLE fact (
    root_id UUID NOT NULL,
    fact_id UUID NOT NULL,
    review_id UUID NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    evidence TEXT NOT NULL,
    stated_by UUID NOT NULL,
    stated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, fact_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
CREATE INDEX fact_by_review ON fact (root_id, review_id);

-- A level and comment by one actor (head of agency, cell committee …); never overwritten, the newest of an actor counts.
CREATE TABLE opinion (
    root_id UUID NOT NULL,
    opinion_id UUID NOT NULL,
    review_id UUID NOT NULL,
    actor TEXT NOT NULL,
    level TEXT,
    comment TEXT NOT NULL,
    signer TEXT NOT NULL,
    stated_on TEXT NOT NULL,
    stated_by UUID NOT NULL,
    stated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, opinion_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
CREATE INDEX opinion_by_review ON opinion (root_id, review_id);

-- Meeting -----------------------------------------------------------------------------------------------------------

CREATE TABLE meeting (
    root_id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    purpose TEXT NOT NULL,
    held_on TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT,
    place TEXT NOT NULL,
    chair_id UUID NOT NULL,
    chair_reason TEXT NOT NULL,
    secretary_id UUID NOT NULL,
    delegate TEXT NOT NULL,
    discussion TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    state TEXT NOT NULL,
    sealed_at TIMESTAMPTZ,
    sealed_by UUID,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, meeting_id),
    FOREIGN KEY (root_id, campaign_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX meeting_by_unit ON meeting (root_id, campaign_id, unit_id);

CREATE TABLE attendance (
    root_id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    person_id UUID NOT NULL,
    standing TEXT NOT NULL,
    presence TEXT NOT NULL,
    circumstance TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (root_id, meeting_id, person_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, meeting_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id)
);

CREATE TABLE criticism (
    root_id UUID NOT NULL,
    criticism_id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    review_id UUID NOT NULL,
    speaker TEXT NOT NULL,
    content TEXT NOT NULL,
    evidence TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_by UUID,
    answered_at TIMESTAMPTZ,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, criticism_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, meeting_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);
CREATE INDEX criticism_by_review ON criticism (root_id, review_id);

-- Ballot on paper ---------------------------------------------------------------------------------------------------

CREATE TABLE ballot (
    root_id UUID NOT NULL,
    ballot_id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    base BIGINT NOT NULL,
    choices TEXT NOT NULL,
    teller_a UUID NOT NULL,
    teller_b UUID NOT NULL,
    head_teller UUID NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, ballot_id),
    UNIQUE (root_id, meeting_id),
    FOREIGN KEY (root_id, meeting_id) REFERENCES meeting (root_id, meeting_id)
);

CREATE TABLE ballot_line (
    root_id UUID NOT NULL,
    ballot_id UUID NOT NULL,
    line_no BIGINT NOT NULL,
    review_id UUID NOT NULL,
    PRIMARY KEY (root_id, ballot_id, line_no),
    FOREIGN KEY (root_id, ballot_id) REFERENCES ballot (root_id, ballot_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- entry_no: 1 first teller, 2 second teller, 3 resolved by the head of counting, 0 the definitive record.
CREATE TABLE tally_entry (
    root_id UUID NOT NULL,
    ballot_id UUID NOT NULL,
    entry_no BIGINT NOT NULL,
    printed BIGINT NOT NULL,
    given BIGINT NOT NULL,
    voided BIGINT NOT NULL,
    left_over BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    valid BIGINT NOT NULL,
    invalid BIGINT NOT NULL,
    note TEXT NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, ballot_id, entry_no),
    FOREIGN KEY (root_id, ballot_id) REFERENCES ballot (root_id, ballot_id)
);

-- Totals only: how many papers chose `choice` on a line ('blank' and 'line_invalid' included).
CREATE TABLE tally_count (
    root_id UUID NOT NULL,
    ballot_id UUID NOT NULL,
    entry_no BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    choice TEXT NOT NULL,
    votes BIGINT NOT NULL,
    PRIMARY KEY (root_id, ballot_id, entry_no, line_no, choice),
    FOREIGN KEY (root_id, ballot_id, entry_no) REFERENCES tally_entry (root_id, ballot_id, entry_no)
);

-- Proposal, decision ------------------------------------------------------------------------------------------------

CREATE TABLE proposal (
    root_id UUID NOT NULL,
    proposal_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    returned_reason TEXT NOT NULL,
    sent_at TIMESTAMPTZ,
    sent_by UUID,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, proposal_id),
    UNIQUE (root_id, campaign_id, unit_id),
    FOREIGN KEY (root_id, campaign_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);

CREATE TABLE proposal_line (
    root_id UUID NOT NULL,
    proposal_id UUID NOT NULL,
    review_id UUID NOT NULL,
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (root_id, proposal_id, review_id),
    FOREIGN KEY (root_id, proposal_id) REFERENCES proposal (root_id, proposal_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- One list a body decides on: subjects of one kind; whoever came late stands on a further one (`serial` from 1).
CREATE TABLE decision (
    root_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    campaign_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    subject TEXT NOT NULL,
    serial BIGINT NOT NULL,
    meeting_id UUID,
    state TEXT NOT NULL,
    number TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    signer_id UUID NOT NULL,
    membership_base BIGINT NOT NULL,
    in_favour BIGINT NOT NULL,
    cap_override_reason TEXT NOT NULL,
    issued_at TIMESTAMPTZ,
    issued_by UUID,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, decision_id),
    UNIQUE (root_id, campaign_id, unit_id, subject, serial),
    FOREIGN KEY (root_id, campaign_id) REFERENCES campaign (root_id, campaign_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);

CREATE TABLE decision_line (
    root_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    review_id UUID NOT NULL,
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    in_favour BIGINT,
    PRIMARY KEY (root_id, decision_id, review_id),
    FOREIGN KEY (root_id, decision_id) REFERENCES decision (root_id, decision_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id)
);

-- After -------------------------------------------------------------------------------------------------------------

CREATE TABLE notice (
    root_id UUID NOT NULL,
    review_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    comment TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    reply_due_on TEXT NOT NULL,
    read_at TIMESTAMPTZ,
    reply TEXT NOT NULL,
    replied_at TIMESTAMPTZ,
    PRIMARY KEY (root_id, review_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id),
    FOREIGN KEY (root_id, decision_id) REFERENCES decision (root_id, decision_id)
);

CREATE TABLE remediation_item (
    root_id UUID NOT NULL,
    item_id UUID NOT NULL,
    review_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    source TEXT NOT NULL,
    shortcoming TEXT NOT NULL,
    measure TEXT NOT NULL,
    owner_id UUID NOT NULL,
    monitor_id UUID NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL,
    closed_on TEXT,
    version BIGINT NOT NULL,
    PRIMARY KEY (root_id, item_id),
    FOREIGN KEY (root_id, review_id) REFERENCES review (root_id, review_id),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
CREATE INDEX remediation_by_unit ON remediation_item (root_id, unit_id, due_on);

-- Papers and jobs ---------------------------------------------------------------------------------------------------

CREATE TABLE paper (
    root_id UUID NOT NULL,
    paper_id UUID NOT NULL,
    form TEXT NOT NULL,
    object TEXT NOT NULL,
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    made_by UUID NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, paper_id),
    FOREIGN KEY (root_id) REFERENCES root (root_id)
);
CREATE INDEX paper_by_object ON paper (root_id, object);

CREATE TABLE job (
    root_id UUID NOT NULL,
    job_id UUID NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    unique_key TEXT,
    made_by UUID NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    locked_until TIMESTAMPTZ,
    PRIMARY KEY (root_id, job_id),
    UNIQUE (root_id, unique_key),
    FOREIGN KEY (root_id) REFERENCES root (root_id)
);
CREATE INDEX job_by_state ON job (root_id, state, run_at);

-- Journal: facts and salted digests, never free text about people. Salts stand apart so that they can be erased. ------

CREATE TABLE journal_entry (
    root_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (root_id, entry_id),
    FOREIGN KEY (root_id) REFERENCES root (root_id)
);

CREATE TABLE journal_salt (
    root_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    salt TEXT NOT NULL,
    PRIMARY KEY (root_id, entry_id),
    FOREIGN KEY (root_id, entry_id) REFERENCES journal_entry (root_id, entry_id)
);

CREATE TABLE journal_leaf (
    root_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    entry_id UUID NOT NULL,
    leaf_hash TEXT NOT NULL,
    tree_hash TEXT NOT NULL,
    PRIMARY KEY (root_id, seq),
    UNIQUE (root_id, entry_id),
    FOREIGN KEY (root_id, entry_id) REFERENCES journal_entry (root_id, entry_id)
);
