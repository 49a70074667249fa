-- How somebody wants to be reminded; without a row he is reminded on his pages only.
CREATE TABLE reminder_choice (
    root_id UUID NOT NULL,
    person_id UUID NOT NULL,
    address TEXT NOT NULL,
    pace TEXT NOT NULL,
    mailed_on TEXT NOT NULL,
    PRIMARY KEY (root_id, person_id),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id)
);

-- What somebody was reminded of: one line for each thing and stage, so that a job begun anew reminds nobody twice.
CREATE TABLE reminder (
    root_id UUID NOT NULL,
    reminder_id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT NOT NULL,
    link TEXT NOT NULL,
    about TEXT NOT NULL,
    number BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    stage TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ,
    mailed_at TIMESTAMPTZ,
    PRIMARY KEY (root_id, reminder_id),
    UNIQUE (root_id, person_id, kind, link, due_on, stage),
    FOREIGN KEY (root_id, person_id) REFERENCES person (root_id, person_id)
);
CREATE INDEX reminder_by_person ON reminder (root_id, person_id, made_at);
CREATE INDEX reminder_by_time ON reminder (root_id, made_at);
-- The page of background work shows what ended last, and the next reminding asks when the last one was.
CREATE INDEX job_by_kind ON job (root_id, kind, run_at);
CREATE INDEX job_by_time ON job (root_id, run_at);
