-- Legs of `people`, who are whole, in the rules' order.
SELECT
  row_id,
  identity,
  person,
  received,
  contact,
  hash(agent_id) AS agent,
  reason_code,
  category,
  CAST(floor(epoch(started_at)) AS INTEGER) AS started,
  ended,
  handled,
  anonymous
FROM people
ORDER BY person, started, contact, leg_no, row_id
