-- What the events of each contact come to; `events` has the columns of silver.contact_event. Of one second a message comes
-- before a reply, and a closing last: what was sent in any order counts alike.
WITH placed AS (
  SELECT
    source,
    contact_id,
    happened_at,
    kind,
    -- A reply ends a turn of the customer's, and so does a closing: who closes a contact waits for nothing more.
    coalesce(sum(CAST(kind IN ('reply', 'closing') AS INTEGER)) OVER (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS turn,
    kind = 'reopening' OR (
      kind = 'open' AND coalesce(last_value(CASE WHEN kind IN ('open', 'reopening', 'closing') THEN kind END IGNORE NULLS)
        OVER (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) = 'closing', false)
    ) AS reopens
  FROM events
  WHERE kind IN ('message', 'reply', 'open', 'reopening', 'closing')
  WINDOW earlier AS (
    PARTITION BY source, contact_id
    ORDER BY happened_at, CASE kind WHEN 'message' THEN 0 WHEN 'reply' THEN 1 WHEN 'closing' THEN 3 ELSE 2 END
  )
), turns AS (
  SELECT
    source,
    contact_id,
    turn,
    min(happened_at) FILTER (kind = 'message') AS asked_at,
    min(happened_at) FILTER (kind = 'reply') AS replied_at,
    count(*) FILTER (reopens) AS reopenings,
    max(happened_at) FILTER (reopens) AS reopened_at,
    count(*) FILTER (kind = 'closing') AS closings
  FROM placed
  GROUP BY source, contact_id, turn
)
SELECT
  source,
  contact_id,
  coalesce(
    list(CAST(epoch(replied_at) - epoch(asked_at) AS INTEGER) ORDER BY turn) FILTER (asked_at <= replied_at), []
  ) AS answered_waits,
  CAST(sum(reopenings) AS BIGINT) AS reopenings,
  CAST(sum(closings) AS BIGINT) AS closings,
  max(reopened_at) AS reopened_at
FROM turns
GROUP BY source, contact_id
