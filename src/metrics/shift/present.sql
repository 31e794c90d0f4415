-- Agents who were on a contact of a channel in each half-hour of a day: from its answer to its end, cut at the end of what
-- counts. `contacts` has the columns of gold.contact, of the day and the one before: a call may last beyond midnight.
SELECT half, CAST(count(DISTINCT agent_id) AS INTEGER) AS agents
FROM (
  SELECT agent_id, unnest(range(CAST(floor(from_s / 1800) AS BIGINT), CAST(ceil(to_s / 1800) AS BIGINT))) AS half
  FROM (
    SELECT
      agent_id,
      greatest(epoch(answered) - epoch($from_day), 0) AS from_s,
      least(greatest(epoch(ended), epoch(answered) + 1) - epoch($from_day), $until * 60) AS to_s
    FROM (
      SELECT
        agent_id,
        coalesce(answered_at, started_at + to_seconds(CAST(coalesce(wait_s, 0) AS BIGINT))) AS answered,
        contact_end(started_at, ended_at, wait_s, talk_s, hold_s, wrapup_s) AS ended
      FROM contacts
      WHERE agent_id <> 'desconhecido' AND lower(strip_accents(channel)) = $channel
        AND human_handled(status, agent_id, answered_at, first_reply_at)
    )
  )
  WHERE to_s > from_s
)
GROUP BY half
ORDER BY half
