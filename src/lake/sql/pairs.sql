-- Identities that contacts of `contacts`, which have silver's columns, show beside their main one, the lesser first.
-- `identities` has the columns of silver.identity.
SELECT
  least(contact.identity, hash(shown.kind || ':' || shown.value)) AS one,
  greatest(contact.identity, hash(shown.kind || ':' || shown.value)) AS other,
  count(*) AS legs
FROM contacts AS contact
JOIN (FROM identities) AS shown ON shown.row_id = contact.row_id AND shown.kind <> contact.identity_kind
WHERE contact.identity IS NOT NULL
GROUP BY ALL
