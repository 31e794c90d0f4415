-- Additive measures of the marks in `marked`, each counted `sign` times, by the grains of the mart.
SELECT
  rule,
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
  ended_on,
  sum(sign) AS eligible,
  sum(sign * CAST(role = 'anchor' AS INTEGER)) AS anchors,
  sum(sign * CAST(role = 'anchor' AND repeats > 0 AS INTEGER)) AS repeated,
  sum(sign * CAST(role = 'anchor' AND repeats_same > 0 AS INTEGER)) AS repeated_same,
  sum(sign * CAST(role = 'repeat' AS INTEGER)) AS repeats,
  sum(sign * CAST(role = 'repeat' AND same_reason AS INTEGER)) AS repeats_same,
  sum(sign * repeats) AS charged,
  sum(sign * repeats_same) AS charged_same,
  sum(sign * CAST(bucket = 'D0' AS INTEGER)) AS repeats_d0,
  sum(sign * CAST(bucket = 'D1_3' AS INTEGER)) AS repeats_d1_3,
  sum(sign * CAST(bucket = 'D4_W' AS INTEGER)) AS repeats_d4_w
FROM (
  SELECT
    CAST(rule AS VARCHAR) AS rule,
    contact.source,
    contact.day,
    CASE WHEN known.has_time THEN CAST(hour(started_at) AS TINYINT) END AS hour,
    contact.queue,
    contact.account,
    contact.agent_id AS agent,
    contact.reason,
    marked.*EXCLUDE (rule)
  FROM marked JOIN silver.contact AS contact USING (row_id) JOIN gold.source AS known ON known.source = contact.source
  WHERE role <> 'leg'
)
GROUP BY GROUPING SETS (
  (rule, source, day, ended_on),
  (rule, source, day, ended_on, hour),
  (rule, source, day, ended_on, queue, account),
  (rule, source, day, ended_on, agent),
  (rule, source, day, ended_on, reason)
)
