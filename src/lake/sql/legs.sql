-- Legs of `people`, who are whole, in the rules' order.
SELECT row_id, identity, person, received, contact, agent, reason_code, category, started, ended, handled, anonymous,
  CAST(leg_no = 1 AS UTINYINT) AS opens, hash(source) AS source, day
FROM people
ORDER BY person, started, contact, leg_no, row_id
