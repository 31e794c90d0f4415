-- Calls offered to people and the work they made, of `contacts` (the columns of gold.contact and `excluded`), by day and
-- half-hour; and, in rows without a day, the queues they came to.
SELECT
  CAST(day AS VARCHAR) AS day,
  half,
  queue,
  coalesce(CAST(sum(offered) AS INTEGER), 0) AS offered,
  coalesce(CAST(sum(abandoned) AS INTEGER), 0) AS abandoned,
  coalesce(CAST(sum(in_time) AS INTEGER), 0) AS in_time,
  coalesce(CAST(sum(offered) FILTER (wait_s IS NOT NULL) AS INTEGER), 0) AS waits,
  coalesce(CAST(sum(abandoned) FILTER (wait_s IS NOT NULL) AS INTEGER), 0) AS given_up,
  coalesce(CAST(sum(offered * wait_s) AS DOUBLE), 0) AS waited_s,
  coalesce(CAST(sum(handled) AS INTEGER), 0) AS handled,
  coalesce(CAST(sum(handle_s) AS DOUBLE), 0) AS handle_s,
  coalesce(CAST(sum(left_out) AS INTEGER), 0) AS left_out
FROM (
  SELECT
    contact.day,
    CAST(hour(contact.started_at) * 2 + minute(contact.started_at) // 30 AS INTEGER) AS half,
    contact.queue,
    contact.wait_s,
    CAST(counted AND contact.leg_no = 1 AND contact.status IN ('answered', 'abandoned') AS INTEGER) AS offered,
    CAST(counted AND contact.leg_no = 1 AND contact.status = 'abandoned' AS INTEGER) AS abandoned,
    CAST(counted AND contact.leg_no = 1 AND contact.status = 'answered' AND coalesce(contact.wait_s <= $within, false) AS INTEGER) AS in_time,
    CAST(counted AND contact.leg_no = 1 AND contact.status = 'answered' AND contact.talk_s IS NOT NULL AS INTEGER) AS handled,
    CASE
      WHEN counted AND contact.status = 'answered' AND contact.talk_s IS NOT NULL
      THEN CAST(contact.talk_s AS BIGINT) + coalesce(contact.hold_s, 0) + coalesce(contact.wrapup_s, 0)
      ELSE 0
    END AS handle_s,
    CAST(contact.excluded AND contact.leg_no = 1 AND contact.status IN ('answered', 'abandoned') AS INTEGER) AS left_out
  FROM (SELECT *, $gross OR NOT excluded AS counted FROM contacts) AS contact
  JOIN gold.source AS known ON known.source = contact.source
  WHERE known.holds = 'all' AND known.has_time AND contact.status IN ('answered', 'abandoned')
    AND lower(strip_accents(contact.channel)) = $channel
)
GROUP BY GROUPING SETS ((day, half), (queue))
ORDER BY day NULLS LAST, half, queue
