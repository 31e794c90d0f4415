-- Bases of customers that were kept: the rows are in customers/base-N.parquet, what is told of them here.
CREATE TABLE customer_base (
  base_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day        date NOT NULL,
  told       jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);
