-- Persons who gave up and whom nobody has answered since, one row each, and in the row without a person those that cannot
-- be told apart. `asked` are the contacts that may have been given up, `contacts` all of the same days, both with the
-- columns of gold.contact; `persons` has those of gold.person. What counts began, or was answered, before minute $until of the day.
WITH link AS (
  FROM persons
), tries AS (
  SELECT tried.*, coalesce(link.person, tried.identity) AS person, tried.wait_s IS NULL OR tried.wait_s > $short_s AS missed
  FROM (
    FROM asked
  ) AS tried
  LEFT JOIN link USING (identity)
  WHERE tried.leg_no = 1 AND tried.status = 'abandoned' AND lower(tried.direction) <> 'ativo' AND tried.started_at < $on_day + to_minutes(CAST($until AS BIGINT))
), answers AS (
  SELECT coalesce(link.person, own.identity) AS person, max(own.answered) AS answered
  FROM (
    SELECT
      identity,
      coalesce(answered_at, first_reply_at, started_at + to_seconds(CAST(coalesce(wait_s, 0) AS BIGINT))) AS answered
    FROM contacts
    WHERE identity IS NOT NULL AND human_handled(status, agent_id, answered_at, first_reply_at)
  ) AS own
  LEFT JOIN link USING (identity)
  WHERE own.answered < $on_day + to_minutes(CAST($until AS BIGINT))
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
  CAST(count(*) FILTER (missed AND tries.day = $on_day) AS INTEGER) AS missed_today,
  CAST(count(*) FILTER (missed AND tries.day < $on_day) AS INTEGER) AS missed_before
FROM tries
LEFT JOIN answers ON answers.person = tries.person
WHERE answers.answered IS NULL OR answers.answered < tries.started_at
GROUP BY tries.person
HAVING count(*) FILTER (missed) > 0
