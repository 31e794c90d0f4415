-- Batches, layouts, exclusions, users, sessions and audit: what the lake cannot say of itself.
CREATE TABLE batch (
  batch_id     integer PRIMARY KEY,
  source       text NOT NULL,
  layout       integer NOT NULL,
  file_name    text NOT NULL,
  file_bytes   bigint NOT NULL,
  file_hash    text NOT NULL,
  state        text NOT NULL CHECK (state IN ('loading', 'loaded', 'rolled-back', 'failed')),
  rows_read    bigint NOT NULL DEFAULT 0,
  loaded       bigint NOT NULL DEFAULT 0,
  quarantined  bigint NOT NULL DEFAULT 0,
  duplicate    bigint NOT NULL DEFAULT 0,
  encoding     text,
  delimiter    text,
  fills        jsonb NOT NULL DEFAULT '{}',
  warnings     jsonb NOT NULL DEFAULT '[]',
  first_day    date,
  last_day     date,
  message      text,
  seconds      double precision NOT NULL DEFAULT 0,
  received_at  timestamptz NOT NULL,
  received_by  text NOT NULL,
  changed_at   timestamptz NOT NULL,
  CHECK (state NOT IN ('loaded') OR rows_read = loaded + quarantined + duplicate)
);
CREATE INDEX batch_file ON batch (source, file_hash);

CREATE TABLE layout (
  source      text NOT NULL,
  version     integer NOT NULL,
  definition  jsonb NOT NULL,
  valid_from  date,
  created_at  timestamptz NOT NULL,
  created_by  text NOT NULL,
  PRIMARY KEY (source, version)
);

-- What was detected in the first file of a layout and is expected from then on.
CREATE TABLE layout_memory (
  source   text NOT NULL,
  version  integer NOT NULL,
  format   jsonb NOT NULL,
  PRIMARY KEY (source, version)
);

CREATE TABLE exclusion (
  name         text NOT NULL,
  version      integer NOT NULL,
  source       text,
  column_name  text NOT NULL,
  value        text NOT NULL,
  valid_from   date,
  valid_to     date,
  reason       text NOT NULL,
  approved_by  text NOT NULL,
  created_at   timestamptz NOT NULL,
  active       boolean NOT NULL DEFAULT true,
  PRIMARY KEY (name, version)
);

CREATE TABLE app_user (
  user_name   text PRIMARY KEY,
  role        text NOT NULL CHECK (role IN ('administrator', 'manager', 'intake', 'operator')),
  created_at  timestamptz NOT NULL
);

CREATE TABLE login (
  secret_hash  text PRIMARY KEY,
  user_name    text NOT NULL REFERENCES app_user,
  kind         text NOT NULL CHECK (kind IN ('token', 'session')),
  expires_at   timestamptz NOT NULL
);

CREATE TABLE audit (
  audit_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  user_name  text NOT NULL,
  action     text NOT NULL,
  object     text NOT NULL,
  details    jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE preference (
  name   text PRIMARY KEY,
  value  jsonb NOT NULL
);
