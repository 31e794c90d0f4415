-- Additive measures of the rows of `scope`, each row counted `sign` times, by the grains of the mart.
SELECT
  CASE
    WHEN grouping(hour) = 0 THEN 'hour'
    WHEN grouping(queue) = 0 THEN 'queue'
    WHEN grouping(agent) = 0 THEN 'agent'
    WHEN grouping(reason) = 0 THEN 'reason'
    ELSE 'source'
  END AS grain,
  source,
  day,
  hour,
  queue,
  account,
  agent,
  reason,
  excluded,
  sum(sign * CAST(leg_no = 1 AS INTEGER)) AS contacts,
  sum(sign) AS legs,
  sum(sign * offered) AS offered,
  sum(sign * answered) AS answered,
  sum(sign * CAST(answered = 1 AND wait_s <= 20 AS INTEGER)) AS answered_in_time,
  sum(sign * abandoned) AS abandoned,
  sum(sign * CAST(abandoned = 1 AND wait_s <= 10 AS INTEGER)) AS abandoned_short,
  sum(sign * CAST(handled AND leg_no = 1 AS INTEGER)) AS handled,
  sum(sign * CAST(handled AS INTEGER)) AS handled_legs,
  sum(sign * CASE WHEN handled THEN handle_s ELSE 0 END) AS handle_s,
  sum(sign * CAST(answered = 1 AND wait_s IS NOT NULL AS INTEGER)) AS waits,
  sum(sign * CASE WHEN answered = 1 THEN coalesce(wait_s, 0) ELSE 0 END) AS wait_s,
  sum(sign * CAST(satisfaction IS NOT NULL AS INTEGER)) AS scores,
  sum(sign * coalesce(CAST(satisfaction * 100 AS BIGINT), 0)) AS score_cents,
  sum(sign * CAST(resolution_s IS NOT NULL AS INTEGER)) AS resolutions,
  sum(sign * coalesce(resolution_s, 0)) AS resolution_s,
  sum(sign * CAST(answer_days IS NOT NULL AS INTEGER)) AS answers,
  sum(sign * coalesce(answer_days, 0)) AS answer_days
FROM (
  SELECT
    scope.source,
    scope.day,
    CASE WHEN known.has_time THEN CAST(hour(started_at) AS TINYINT) END AS hour,
    queue,
    account,
    agent_id AS agent,
    reason,
    row_id IN (SELECT row_id FROM gold.excluded) AS excluded,
    scope.sign,
    leg_no,
    wait_s,
    CAST(leg_no = 1 AND status IN ('answered', 'abandoned') AND known.holds = 'all' AS INTEGER) AS offered,
    CAST(leg_no = 1 AND status = 'answered' AS INTEGER) AS answered,
    CAST(leg_no = 1 AND status = 'abandoned' AS INTEGER) AS abandoned,
    talk_s IS NOT NULL AND human_handled(status, agent_id, answered_at, first_reply_at) AS handled,
    talk_s + coalesce(hold_s, 0) + coalesce(wrapup_s, 0) AS handle_s,
    satisfaction,
    CASE WHEN leg_no = 1 AND status = 'closed' AND opened_at IS NOT NULL THEN epoch(ended_at) - epoch(opened_at) END AS resolution_s,
    CASE
      WHEN answer_days IS NOT NULL THEN answer_days
      WHEN NOT known.has_time AND opened_at IS NOT NULL THEN CAST(first_reply_at AS DATE) - CAST(opened_at AS DATE)
    END AS answer_days
  FROM scope JOIN gold.source AS known USING (source)
)
GROUP BY GROUPING SETS (
  (source, day, excluded),
  (source, day, excluded, hour),
  (source, day, excluded, queue, account),
  (source, day, excluded, agent),
  (source, day, excluded, reason)
)
