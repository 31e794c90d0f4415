-- Customers of a kept base parted into groups: who is in which is in customers/segments-N.parquet, what is told of them
-- here. One that was approved is the one in use until another is.
CREATE TABLE customer_segments (
  segments_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  base_id     integer NOT NULL REFERENCES customer_base,
  told        jsonb NOT NULL,
  created_at  timestamptz NOT NULL,
  created_by  text NOT NULL,
  approved_at timestamptz,
  approved_by text
);

-- What people wrote of a group that goes by a number; the last one holds.
CREATE TABLE persona_text (
  text_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number     integer NOT NULL,
  told       jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);
CREATE INDEX persona_text_number ON persona_text (number, text_id);
