-- Dimensions and additive measures of each mark of `marked`; legs that merged into a contact carry none.
SELECT
  CAST(marked.rule AS VARCHAR) AS rule,
  contact.source,
  contact.day,
  CASE WHEN known.has_time THEN CAST(hour(contact.started_at) AS TINYINT) END AS hour,
  contact.queue,
  contact.account,
  contact.agent_id AS agent,
  contact.reason,
  marked.ended_on,
  1 AS eligible,
  CAST(marked.role = 'anchor' AS INTEGER) AS anchors,
  CAST(marked.role = 'anchor' AND marked.repeats > 0 AS INTEGER) AS repeated,
  CAST(marked.role = 'anchor' AND marked.repeats_same > 0 AS INTEGER) AS repeated_same,
  CAST(marked.role = 'repeat' AS INTEGER) AS repeats,
  CAST(marked.role = 'repeat' AND marked.same_reason AS INTEGER) AS repeats_same,
  marked.repeats AS charged,
  marked.repeats_same AS charged_same,
  CAST(marked.bucket = 'D0' AS INTEGER) AS repeats_d0,
  CAST(marked.bucket = 'D1_3' AS INTEGER) AS repeats_d1_3,
  CAST(marked.bucket = 'D4_W' AS INTEGER) AS repeats_d4_w
FROM marked
JOIN silver.contact AS contact USING (row_id)
JOIN gold.source AS known ON known.source = contact.source
WHERE marked.role <> 'leg'
