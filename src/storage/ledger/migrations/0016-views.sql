-- Screens as somebody left them, and the mails that bring them to users: what was sent to whom, and what could not be.
CREATE TABLE saved_view (
  view_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner       text NOT NULL REFERENCES app_user,
  name        text NOT NULL,
  path        text NOT NULL,
  query       text NOT NULL,
  followed    text NOT NULL,
  shared      boolean NOT NULL,
  changed_at  timestamptz NOT NULL,
  UNIQUE (owner, name)
);

CREATE TABLE report_mail (
  mail_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  view_id     integer NOT NULL REFERENCES saved_view ON DELETE CASCADE,
  recipients  jsonb NOT NULL,
  weekdays    jsonb NOT NULL,
  at          text NOT NULL,
  format      text NOT NULL CHECK (format IN ('xlsx', 'pdf', 'both')),
  lang        text NOT NULL CHECK (lang IN ('pt', 'en')),
  enabled     boolean NOT NULL,
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL
);

CREATE TABLE report_sent (
  sent_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mail_id     integer NOT NULL REFERENCES report_mail ON DELETE CASCADE,
  recipient   text NOT NULL,
  at          timestamptz NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('sent', 'skipped', 'failed')),
  files       jsonb NOT NULL,
  message     text
);
CREATE INDEX report_sent_mail ON report_sent (mail_id, sent_id);

-- A session that only prints: it does not tell that its user was here.
ALTER TABLE login DROP CONSTRAINT login_kind_check;
ALTER TABLE login ADD CONSTRAINT login_kind_check CHECK (kind IN ('token', 'session', 'printer'));
