-- Thu hồi việc công bố: a publication that was recorded by mistake stands no more; its row and the reason stay.
ALTER TABLE publication ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE publication ADD COLUMN withdrawn_by UUID;
ALTER TABLE publication ADD COLUMN withdrawn_at TIMESTAMPTZ;

-- Loại hình đặc thù của tổ chức from a day on, by a document: word of `domain::org::Sector`, empty from the day it is an ordinary one again.
-- It holds for everything below until a unit there has one of its own.
CREATE TABLE unit_sector (
    root_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    from_on TEXT NOT NULL,
    sector TEXT NOT NULL,
    basis TEXT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (root_id, unit_id, from_on),
    FOREIGN KEY (root_id, unit_id) REFERENCES unit (root_id, unit_id)
);
