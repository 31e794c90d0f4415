-- What a team does with each kind of its customers; the last one holds, and null is the customary one.
CREATE TABLE playbook (
  playbook_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plays       jsonb,
  created_at  timestamptz NOT NULL,
  created_by  text NOT NULL
);
