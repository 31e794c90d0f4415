-- Seconds of each state by agent and half-hour, of the source-days of `days`, out of `stretches`, which holds those that
-- begin on these days and on the two before: a stretch lasts a day at most, and so does the one that cuts it.
-- What begins before an earlier stretch of its agent and source is over counts from that end on.
WITH timed AS (
  SELECT
    source,
    agent_id,
    state,
    CAST(floor(epoch(started_at)) AS BIGINT) AS start_s,
    CAST(floor(epoch(ended_at)) AS BIGINT) AS end_s
  FROM stretches
),
counted AS (
  SELECT
    *,
    greatest(start_s, coalesce(max(end_s) OVER (
      PARTITION BY source, agent_id ORDER BY start_s, end_s, state ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), start_s)) AS from_s
  FROM timed
),
halves AS (
  SELECT *, unnest(range(start_s // 1800, greatest(end_s - 1, start_s) // 1800 + 1)) AS half FROM counted
),
parts AS (
  SELECT
    source,
    DATE '1970-01-01' + CAST(half // 48 AS INTEGER) AS day,
    CAST(half % 48 AS TINYINT) AS half_hour,
    agent_id AS agent,
    state,
    CAST(half = start_s // 1800 AS INTEGER) AS stretches,
    least(end_s, 1800 * half + 1800) - greatest(start_s, 1800 * half) AS length_s,
    greatest(0, least(end_s, 1800 * half + 1800) - greatest(from_s, 1800 * half)) AS counted_s
  FROM halves
)
SELECT
  source,
  day,
  half_hour,
  agent,
  CAST(sum(stretches) AS BIGINT) AS stretches,
  CAST(coalesce(sum(counted_s) FILTER (state = 'handling'), 0) AS BIGINT) AS handling_s,
  CAST(coalesce(sum(counted_s) FILTER (state = 'available'), 0) AS BIGINT) AS available_s,
  CAST(coalesce(sum(counted_s) FILTER (state = 'pause'), 0) AS BIGINT) AS pause_s,
  CAST(coalesce(sum(counted_s) FILTER (state = 'other'), 0) AS BIGINT) AS other_s,
  CAST(sum(length_s - counted_s) AS BIGINT) AS overlap_s
FROM parts
WHERE (source, day) IN (FROM days)
GROUP BY ALL
