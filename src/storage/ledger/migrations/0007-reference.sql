-- Tables that people keep beside what sources send. A row counts from the change that added it to the one that ended
-- it; none is changed in place, so what a table said at any time can be told.
CREATE TABLE reference_change (
  change_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text NOT NULL,
  action     text NOT NULL CHECK (action IN ('load', 'set', 'end', 'undo', 'learn')),
  by         text NOT NULL,
  at         timestamptz NOT NULL,
  note       text NOT NULL DEFAULT '',
  file_name  text,
  file_hash  text,
  added      integer NOT NULL,
  ended      integer NOT NULL,
  undone_by  bigint REFERENCES reference_change
);
CREATE INDEX reference_change_kind ON reference_change (kind, change_id);

CREATE TABLE reference_row (
  row_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text NOT NULL,
  key_text    text NOT NULL,
  key         jsonb NOT NULL,
  said        jsonb NOT NULL,
  valid_from  date,
  valid_to    date,
  -- Said of a whole month: beyond it the row holds until the next one of its key.
  monthly     boolean NOT NULL DEFAULT false,
  change_id   bigint NOT NULL REFERENCES reference_change,
  ended_by    bigint REFERENCES reference_change,
  CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from < valid_to)
);
CREATE INDEX reference_row_now ON reference_row (kind, key_text) WHERE ended_by IS NULL;
CREATE INDEX reference_row_added ON reference_row (change_id);
CREATE INDEX reference_row_ended ON reference_row (ended_by);
