-- Places that are looked at for new files, and each version of a file that was seen in one. Secrets are not here.
CREATE TABLE watch (
  name            text PRIMARY KEY,
  place           text NOT NULL,
  patterns        jsonb NOT NULL,
  every_seconds   integer NOT NULL CHECK (every_seconds >= 5),
  settle_seconds  integer NOT NULL CHECK (settle_seconds >= 0),
  marker          text,
  after           text NOT NULL CHECK (after IN ('leave', 'move')),
  region          text NOT NULL,
  fingerprint     text,
  trust_first     boolean NOT NULL,
  enabled         boolean NOT NULL,
  changed_at      timestamptz NOT NULL,
  changed_by      text NOT NULL,
  looked_at       timestamptz,
  message         text
);

CREATE TABLE watched_file (
  watch       text NOT NULL REFERENCES watch ON DELETE CASCADE,
  path        text NOT NULL,
  size        bigint NOT NULL,
  changed_at  timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('unmatched', 'growing', 'ready', 'taken', 'waiting', 'loaded', 'refused')),
  source      text,
  batch_id    integer,
  message     text,
  seen_at     timestamptz NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (watch, path, size, changed_at)
);
CREATE INDEX watched_file_state ON watched_file (watch, state, changed_at, path);
