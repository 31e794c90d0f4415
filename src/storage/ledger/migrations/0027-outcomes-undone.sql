-- Lists of outcomes as they came: what became of their rows; those not kept are in customers/outcomes-N.parquet.
CREATE TABLE outcome_list (
  list_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  offers_id  integer NOT NULL REFERENCES customer_offers,
  file       text NOT NULL,
  told       jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  undone_at  timestamptz,
  undone_by  text
);

-- An outcome that was undone stays, with who undid it; the newest of those that stand counts.
ALTER TABLE offer_outcome
  ADD COLUMN list_id integer REFERENCES outcome_list,
  ADD COLUMN undone_at timestamptz,
  ADD COLUMN undone_by text;
