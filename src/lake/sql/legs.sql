-- Legs of `people`, who are whole, in the rules' order.
SELECT
  row_id,
  identity,
  contact,
  hash(agent_id) AS agent,
  reason_code,
  category,
  CAST(floor(epoch(started_at)) AS INTEGER) AS started,
  ended,
  handled
FROM people
ORDER BY identity, started, contact, leg_no, row_id
