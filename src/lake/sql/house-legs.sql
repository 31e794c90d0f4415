-- Legs that the house rule counts, in its order, of one slice of identities. `scope` is every contact, or the touched.
SELECT
  row_id,
  identity,
  hash(source, contact_id) AS contact,
  hash(agent_id) AS agent,
  normalised_reason(reason) AS reason,
  CAST(epoch(started_at) AS INTEGER) AS started,
  CAST(least(epoch(contact_end(started_at, ended_at, wait_s, talk_s, hold_s, wrapup_s)), 2147483647) AS INTEGER) AS ended
FROM scope
WHERE identity BETWEEN CAST($lowest AS UBIGINT) AND CAST($highest AS UBIGINT)
  AND human_handled(status, agent_id, answered_at, first_reply_at)
  AND row_id NOT IN (SELECT row_id FROM gold.excluded)
ORDER BY identity, started, contact, leg_no
