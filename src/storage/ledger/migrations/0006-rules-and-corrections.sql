-- What the layout's rules said of a file, and which lines failed those that depend on the moment.
ALTER TABLE batch ADD COLUMN rules jsonb NOT NULL DEFAULT '[]';
ALTER TABLE batch ADD COLUMN verdict jsonb NOT NULL DEFAULT '{}';

-- How often the lines of a batch were checked again; silver follows.
ALTER TABLE batch ADD COLUMN revision integer NOT NULL DEFAULT 0;

-- What a person changed in lines of a file before they are typed; bronze stays as received.
CREATE TABLE correction (
  correction_id  integer PRIMARY KEY,
  batch_id       integer NOT NULL REFERENCES batch ON DELETE CASCADE,
  lines          jsonb NOT NULL,
  line_count     bigint NOT NULL,
  -- Null for whole lines.
  column_name    text,
  change         text NOT NULL,
  reason         text,
  made_by        text NOT NULL,
  made_at        timestamptz NOT NULL,
  undone_by      text,
  undone_at      timestamptz,
  -- The replay that put it into force, and the one that took it out.
  from_revision  integer,
  to_revision    integer
);
CREATE INDEX correction_batch ON correction (batch_id);
