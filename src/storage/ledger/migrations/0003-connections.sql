-- Connections to sources' APIs, what became of each of their days, and when scheduled work ran last. No secrets.
CREATE TABLE connection (
  name           text PRIMARY KEY,
  connector      text NOT NULL,
  base_url       text NOT NULL,
  enabled        boolean NOT NULL,
  first_day      date NOT NULL,
  run_at         text NOT NULL,
  today_minutes  integer,
  days_per_run   integer NOT NULL,
  time_zone      text,
  skew_seconds   integer NOT NULL,
  -- Corrections at the source have been looked at up to here.
  seen_until     timestamptz NOT NULL,
  pulled_at      timestamptz,
  message        text,
  created_at     timestamptz NOT NULL,
  created_by     text NOT NULL
);

CREATE TABLE connection_day (
  name         text NOT NULL REFERENCES connection,
  day          date NOT NULL,
  state        text NOT NULL CHECK (state IN ('extracted', 'empty', 'failed', 'partial')),
  rows         bigint NOT NULL,
  provisional  boolean NOT NULL,
  -- The source has changed it since.
  corrected    boolean NOT NULL DEFAULT false,
  batch_id     integer,
  -- When its extraction began: what the source changed later is not in it.
  asked_at     timestamptz,
  changed_at   timestamptz NOT NULL,
  message      text,
  PRIMARY KEY (name, day)
);

CREATE TABLE schedule_run (
  task    text PRIMARY KEY,
  ran_at  timestamptz NOT NULL
);
