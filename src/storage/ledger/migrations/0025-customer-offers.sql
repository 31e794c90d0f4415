-- Offers of a base of customers: the rows are in customers/offers-N.parquet, what is told of them here.
CREATE TABLE customer_offers (
  offers_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  base_id    integer NOT NULL REFERENCES customer_base,
  day        date NOT NULL,
  told       jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);

-- What a product may not be offered to. A bar that was lifted stays, with who lifted it.
CREATE TABLE offer_bar (
  bar_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product    text NOT NULL,
  kind       text NOT NULL,
  value      text,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  lifted_at  timestamptz,
  lifted_by  text
);

-- What became of an offer; the newest of a customer and a product counts.
CREATE TABLE offer_outcome (
  outcome_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  offers_id  integer NOT NULL REFERENCES customer_offers,
  customer   text NOT NULL,
  product    text NOT NULL,
  outcome    text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);
CREATE INDEX offer_outcome_of ON offer_outcome (offers_id, customer, product, outcome_id);
