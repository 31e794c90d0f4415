-- What the rules and indicators mean by a contact that a person handled, and by its end.
CREATE OR REPLACE MACRO human_handled(status, agent_id, answered_at, first_reply_at) AS
  status NOT IN ('abandoned', 'void')
  AND (agent_id <> 'desconhecido' OR status = 'answered' OR answered_at IS NOT NULL OR first_reply_at IS NOT NULL);

CREATE OR REPLACE MACRO contact_end(started_at, ended_at, wait_s, talk_s, hold_s, wrapup_s) AS
  coalesce(ended_at, started_at + to_seconds(CAST(coalesce(wait_s, 0) AS BIGINT) + coalesce(talk_s, 0) + coalesce(hold_s, 0) + coalesce(wrapup_s, 0)));

CREATE OR REPLACE MACRO normalised_reason(reason) AS
  CASE WHEN reason IN ('desconhecido', '-') THEN CAST(0 AS UBIGINT) ELSE hash(lower(strip_accents(reason))) END;
