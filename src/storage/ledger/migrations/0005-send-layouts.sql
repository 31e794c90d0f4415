-- Layouts by which lists are sent on, a row a version.
CREATE TABLE send_layout (
  name text NOT NULL,
  version integer NOT NULL,
  definition jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (name, version)
);
