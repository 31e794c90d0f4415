-- What people write on a day of a figure: notes, and decisions with an owner and a day by which they are due.
CREATE TABLE note (
  note_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('note', 'decision')),
  day         date NOT NULL,
  text        text NOT NULL,
  metric      text,
  rule        text NOT NULL,
  sources     jsonb NOT NULL,
  filters     jsonb NOT NULL,
  owner       text,
  due         date,
  done_on     date,
  author      text NOT NULL,
  created_at  timestamptz NOT NULL
);
CREATE INDEX note_day ON note (day);
