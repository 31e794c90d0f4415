-- Identified contacts, with what the rules and the sums of their marks look at. `contacts` has the columns of gold.contact.
SELECT
  row_id,
  identity,
  source,
  day,
  started_at,
  queue,
  account,
  agent_id,
  supervisor,
  reason,
  reason_category,
  leg_no,
  hash(source, contact_id) AS contact,
  normalised_reason(reason) AS reason_code,
  CASE WHEN reason_category = 'desconhecido' THEN CAST(0 AS UBIGINT) ELSE hash(reason_category) END AS category,
  CAST(floor(least(epoch(contact_end(started_at, ended_at, wait_s, talk_s, hold_s, wrapup_s)), 2147483647)) AS INTEGER) AS ended,
  CAST(human_handled(status, agent_id, answered_at, first_reply_at) AS UTINYINT) AS handled
FROM contacts
WHERE identity IS NOT NULL AND status <> 'void'
