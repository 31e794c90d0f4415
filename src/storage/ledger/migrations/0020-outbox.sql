-- One outbox for what goes out by mail: a message a recipient, written down before it leaves, so that a killed process
-- neither sends it twice nor forgets whom it had not reached.
CREATE TABLE outbox (
  message_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  raised_id   integer REFERENCES alert_raised ON DELETE CASCADE,
  mail_id     integer REFERENCES report_mail ON DELETE CASCADE,
  -- When a mail of a view was due; none where somebody asked for it.
  due_at      timestamptz,
  recipient   text NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('pending', 'sending', 'sent', 'skipped', 'failed')),
  at          timestamptz NOT NULL,
  files       jsonb NOT NULL DEFAULT '[]',
  -- Codes of errors with their details: why it was not sent, or what it lacks.
  reasons     jsonb NOT NULL DEFAULT '[]',
  CHECK ((raised_id IS NULL) <> (mail_id IS NULL)),
  UNIQUE (raised_id, recipient),
  UNIQUE (mail_id, due_at, recipient)
);
CREATE INDEX outbox_pending ON outbox (message_id) WHERE outcome = 'pending';

-- What was told in words so far, as the code that says the same; what no code says stays as it was told.
CREATE FUNCTION reasons_of(message text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN message IS NULL THEN '[]'
    WHEN message = 'O usuário está desligado.' THEN '[{"code": "mailUserOff", "details": {}}]'
    WHEN message = 'O perfil do usuário não vê indicadores.' THEN '[{"code": "mailUserRole", "details": {}}]'
    WHEN message = 'O usuário não tem e-mail.' THEN '[{"code": "mailUserAddress", "details": {}}]'
    WHEN message = 'Quem criou o envio está desligado.' THEN '[{"code": "mailMakerOff", "details": {}}]'
    WHEN message = 'Quem criou o envio não vê mais esta visão.' THEN '[{"code": "mailMakerBlind", "details": {}}]'
    WHEN message = 'O alerta está desligado.' THEN '[{"code": "alertOff", "details": {}}]'
    WHEN message = 'O valor voltou com dados que chegaram depois.' THEN '[{"code": "alertWithdrawn", "details": {}}]'
    WHEN message = 'O Ramal não tem por onde enviar e-mails.' THEN '[{"code": "mailUnset", "details": {}}]'
    WHEN message LIKE 'O servidor de e-mail não aceitou a mensagem: %.' THEN jsonb_build_array(jsonb_build_object(
      'code', 'mailFailed', 'details', jsonb_build_object('cause', substr(message, 46, length(message) - 46))))
    WHEN message LIKE '%RAMAL_CHROMIUM qual programa%' OR message LIKE '%which program prints%'
      THEN '[{"code": "printUnset", "details": {}}]'
    ELSE jsonb_build_array(jsonb_build_object(
      'code', 'unexpected', 'details', jsonb_build_object('what', rtrim(message, '.'))))
  END
$$;

INSERT INTO outbox (raised_id, recipient, outcome, at, reasons)
SELECT raised_id, recipient, outcome, at, reasons_of(message) FROM alert_mail ORDER BY raised_id, recipient;
INSERT INTO outbox (mail_id, recipient, outcome, at, files, reasons)
SELECT mail_id, recipient, outcome, at, files, reasons_of(message) FROM report_sent ORDER BY sent_id;

DROP FUNCTION reasons_of;
DROP TABLE alert_mail;
DROP TABLE report_sent;

-- An alert that was changed: by which version somebody looked at it, and since which it judges as it does now. What it
-- raised before stays as it was told, and is not judged by what it watches since.
ALTER TABLE alert ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN judges_since integer NOT NULL DEFAULT 1;
ALTER TABLE alert_raised ADD COLUMN judged_since integer NOT NULL DEFAULT 1;
ALTER TABLE alert_raised DROP CONSTRAINT alert_raised_alert_id_from_day_key;
ALTER TABLE alert_raised ADD UNIQUE (alert_id, judged_since, from_day);
