-- Figures that are watched: what each alert asks, how it looked last, what it raised, and who was told.
CREATE TABLE alert (
  alert_id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner            text NOT NULL REFERENCES app_user,
  name             text NOT NULL,
  metric           text NOT NULL,
  rule             text NOT NULL,
  sources          jsonb NOT NULL,
  filters          jsonb NOT NULL,
  period           text NOT NULL CHECK (period IN ('day', 'week')),
  kind             text NOT NULL CHECK (kind IN ('above', 'below', 'limits')),
  threshold        double precision CHECK ((threshold IS NULL) = (kind = 'limits')),
  recipients       jsonb NOT NULL,
  lang             text NOT NULL CHECK (lang IN ('pt', 'en')),
  enabled          boolean NOT NULL,
  created_at       timestamptz NOT NULL,
  -- Of the last look: the lake's version then, and what the newest whole period said.
  looked_version   integer,
  looked_at        timestamptz,
  looked_from      date,
  looked_to        date,
  looked           jsonb,
  looked_message   text
);

-- At most one a period. What was told stays, also when later data bring the figure back.
CREATE TABLE alert_raised (
  raised_id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id         integer NOT NULL REFERENCES alert ON DELETE CASCADE,
  from_day         date NOT NULL,
  to_day           date NOT NULL,
  told             jsonb NOT NULL,
  lake_version     integer NOT NULL,
  raised_at        timestamptz NOT NULL,
  state            text NOT NULL CHECK (state IN ('raised', 'withdrawn')),
  withdrawn_at     timestamptz,
  now_value        double precision,
  seen_by          text,
  seen_at          timestamptz,
  UNIQUE (alert_id, from_day)
);

-- A message is `sending` before it goes out, so that a killed process never sends it twice.
CREATE TABLE alert_mail (
  raised_id        integer NOT NULL REFERENCES alert_raised ON DELETE CASCADE,
  recipient        text NOT NULL,
  outcome          text NOT NULL CHECK (outcome IN ('pending', 'sending', 'sent', 'skipped', 'failed')),
  at               timestamptz NOT NULL,
  message          text,
  PRIMARY KEY (raised_id, recipient)
);
