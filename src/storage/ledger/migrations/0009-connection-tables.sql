-- Connections that read tables of a database, and what became of each table.
ALTER TABLE connection ADD COLUMN tables jsonb NOT NULL DEFAULT '[]';

CREATE TABLE connection_table (
  name         text NOT NULL REFERENCES connection,
  table_name   text NOT NULL,
  state        text NOT NULL CHECK (state IN ('extracted', 'empty', 'failed')),
  -- Those of the last time that it was had.
  rows         bigint NOT NULL,
  batch_id     integer,
  had_at       timestamptz,
  changed_at   timestamptz NOT NULL,
  message      text,
  PRIMARY KEY (name, table_name)
);
