-- Dimensions and additive measures of each contact of `contacts`: the columns of gold.contact, and whether it is excluded.
SELECT
  contact.source,
  contact.day,
  CASE WHEN known.has_time THEN CAST(hour(contact.started_at) AS TINYINT) END AS hour,
  contact.queue,
  contact.account,
  contact.agent_id AS agent,
  contact.supervisor,
  contact.reason,
  contact.reason_category,
  contact.excluded,
  CAST(contact.leg_no = 1 AS INTEGER) AS contacts,
  1 AS legs,
  CAST(contact.leg_no = 1 AND contact.status IN ('answered', 'abandoned') AND known.holds = 'all' AS INTEGER) AS offered,
  CAST(contact.leg_no = 1 AND contact.status = 'answered' AS INTEGER) AS answered,
  CAST(contact.leg_no = 1 AND contact.status = 'answered' AND coalesce(contact.wait_s <= 20, false) AS INTEGER) AS answered_in_time,
  CAST(contact.leg_no = 1 AND contact.status = 'abandoned' AS INTEGER) AS abandoned,
  CAST(contact.leg_no = 1 AND contact.status = 'abandoned' AND coalesce(contact.wait_s <= 10, false) AS INTEGER) AS abandoned_short,
  CAST(contact.talk_s IS NOT NULL AND contact.leg_no = 1 AND contact.handled AS INTEGER) AS handled,
  CAST(contact.talk_s IS NOT NULL AND contact.handled AS INTEGER) AS handled_legs,
  CASE
    WHEN contact.talk_s IS NOT NULL AND contact.handled
    THEN CAST(contact.talk_s AS BIGINT) + coalesce(contact.hold_s, 0) + coalesce(contact.wrapup_s, 0)
    ELSE 0
  END AS handle_s,
  CAST(contact.leg_no = 1 AND contact.status = 'answered' AND contact.wait_s IS NOT NULL AS INTEGER) AS waits,
  CASE WHEN contact.leg_no = 1 AND contact.status = 'answered' THEN coalesce(contact.wait_s, 0) ELSE 0 END AS wait_s,
  CAST(contact.satisfaction IS NOT NULL AS INTEGER) AS scores,
  coalesce(CAST(contact.satisfaction * 100 AS BIGINT), 0) AS score_cents,
  CAST(contact.resolution_s IS NOT NULL AS INTEGER) AS resolutions,
  coalesce(contact.resolution_s, 0) AS resolution_s,
  CAST(contact.answer_days IS NOT NULL OR (contact.calendar_days IS NOT NULL AND NOT known.has_time) AS INTEGER) AS answers,
  coalesce(contact.answer_days, CASE WHEN NOT known.has_time THEN contact.calendar_days END, 0) AS answer_days
FROM (
  SELECT
    *,
    human_handled(status, agent_id, answered_at, first_reply_at) AS handled,
    CASE WHEN leg_no = 1 AND status = 'closed' AND opened_at IS NOT NULL THEN CAST(epoch(ended_at) - epoch(opened_at) AS BIGINT) END
      AS resolution_s,
    CAST(first_reply_at AS DATE) - CAST(opened_at AS DATE) AS calendar_days
  FROM contacts
) AS contact
JOIN gold.source AS known ON known.source = contact.source
