-- Legs of `people`, who are whole, in the rules' order.
SELECT row_id, identity, person, received, contact, agent, reason_code, category, started, ended, handled, anonymous
FROM people
ORDER BY person, started, contact, leg_no, row_id
