-- Persons who gave up and whom nobody has answered since, one row each, and in the row without a person those that cannot
-- be told apart. `asked` are the contacts that may have been given up, `contacts` all of the same days, both with the
-- columns of gold.contact; `persons` has those of gold.person. What counts began, or was answered, before minute $until of the day.
WITH seen AS MATERIALIZED (
  SELECT identity, status, agent_id, started_at, answered_at, first_reply_at, wait_s
  FROM (
    FROM contacts
  )
), link AS MATERIALIZED (
  SELECT *
  FROM (
    FROM persons
  )
  WHERE identity IN (SELECT identity FROM seen)
), tries AS MATERIALIZED (
  SELECT tried.*, coalesce(link.person, tried.identity) AS person, tried.wait_s IS NULL OR tried.wait_s > $short_s AS missed
  FROM (
    FROM asked
  ) AS tried
  LEFT JOIN link USING (identity)
  WHERE leg_no = 1 AND status = 'abandoned' AND lower(direction) <> 'ativo' AND started_at < $on_day + to_minutes(CAST($until AS BIGINT))
), answers AS (
  SELECT own.person, max(own.answered) AS answered
  FROM (
    SELECT
      coalesce(link.person, contact.identity) AS person,
      coalesce(contact.answered_at, contact.first_reply_at, contact.started_at + to_seconds(CAST(coalesce(contact.wait_s, 0) AS BIGINT)))
        AS answered
    FROM seen AS contact
    LEFT JOIN link USING (identity)
    WHERE human_handled(contact.status, contact.agent_id, contact.answered_at, contact.first_reply_at)
  ) AS own
  WHERE own.answered < $on_day + to_minutes(CAST($until AS BIGINT)) AND own.person IN (SELECT person FROM tries)
  GROUP BY ALL
)
SELECT
  tries.person IS NOT NULL AS known,
  arg_max(tries.row_id, (tries.started_at, tries.row_id)) FILTER (missed) AS row_id,
  max(tries.day) FILTER (missed) < $on_day AS before,
  min(tries.started_at) AS since,
  max(tries.started_at) FILTER (missed) AS last,
  arg_max(tries.queue, (tries.started_at, tries.row_id)) FILTER (missed) AS queue,
  arg_max(tries.account, (tries.started_at, tries.row_id)) FILTER (missed) AS account,
  arg_max(tries.channel, (tries.started_at, tries.row_id)) FILTER (missed) AS channel,
  arg_max(tries.source, (tries.started_at, tries.row_id)) FILTER (missed) AS source,
  CAST(count(*) AS INTEGER) AS tries,
  max(tries.wait_s) AS waited_s,
  arg_max(tries.phone, (tries.started_at, tries.row_id)) FILTER (missed) AS phone,
  arg_max(tries.contact_name, (tries.started_at, tries.row_id)) FILTER (missed) AS contact_name,
  arg_max(tries.customer_ref, (tries.started_at, tries.row_id)) FILTER (missed) AS customer_ref,
  CAST(count(*) FILTER (missed AND tries.day = $on_day) AS INTEGER) AS missed_today,
  CAST(count(*) FILTER (missed AND tries.day < $on_day) AS INTEGER) AS missed_before
FROM tries
LEFT JOIN answers ON answers.person = tries.person
WHERE answers.answered IS NULL OR answers.answered < tries.started_at
GROUP BY tries.person
HAVING count(*) FILTER (missed) > 0
