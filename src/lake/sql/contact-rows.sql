-- Additive measures of each contact of `contacts`, beside its own columns: those of gold.contact, and whether it is excluded.
-- `wait_limits` is one row: answer_s, abandon_s. `followed` has the rows of gold.followed.
SELECT
  contact.* EXCLUDE (
    wait_s, answer_days, handled, resolution_s, resolution_days, reply_s, calendar_days, reopenings, closings, reopened_at
  ),
  CAST(contact.leg_no = 1 AS INTEGER) AS contacts,
  CAST(contact.leg_no = 1 AND coalesce(trim(contact.protocol) <> '', false) AS INTEGER) AS protocols,
  1 AS legs,
  CAST(contact.leg_no = 1 AND contact.status IN ('answered', 'abandoned') AND known.holds = 'all' AS INTEGER) AS offered,
  CAST(
    contact.leg_no = 1 AND contact.status IN ('answered', 'abandoned') AND contact.wait_s IS NOT NULL AND known.holds = 'all' AS INTEGER
  ) AS offered_timed,
  CAST(contact.leg_no = 1 AND contact.status = 'answered' AS INTEGER) AS answered,
  CAST(contact.leg_no = 1 AND contact.status = 'answered' AND coalesce(contact.wait_s <= limits.answer_s, false) AS INTEGER) AS answered_in_time,
  CAST(contact.leg_no = 1 AND contact.status = 'abandoned' AS INTEGER) AS abandoned,
  CAST(contact.leg_no = 1 AND contact.status = 'abandoned' AND contact.wait_s IS NOT NULL AS INTEGER) AS abandoned_timed,
  CAST(contact.leg_no = 1 AND contact.status = 'abandoned' AND coalesce(contact.wait_s <= limits.abandon_s, false) AS INTEGER)
    AS abandoned_short,
  CAST(contact.talk_s IS NOT NULL AND contact.leg_no = 1 AND contact.handled AS INTEGER) AS handled,
  CAST(contact.talk_s IS NOT NULL AND contact.handled AS INTEGER) AS handled_legs,
  CASE
    WHEN contact.talk_s IS NOT NULL AND contact.handled
    THEN CAST(contact.talk_s AS BIGINT) + coalesce(contact.hold_s, 0) + coalesce(contact.wrapup_s, 0)
    ELSE 0
  END AS handle_s,
  CASE WHEN contact.leg_no = 1 AND contact.status = 'abandoned' THEN coalesce(contact.wait_s, 0) ELSE 0 END AS abandoned_wait_s,
  CAST(contact.leg_no = 1 AND contact.status = 'answered' AND contact.wait_s IS NOT NULL AS INTEGER) AS waits,
  CASE WHEN contact.leg_no = 1 AND contact.status = 'answered' THEN coalesce(contact.wait_s, 0) ELSE 0 END AS wait_s,
  CAST(contact.satisfaction IS NOT NULL AS INTEGER) AS scores,
  coalesce(CAST(contact.satisfaction * 100 AS BIGINT), 0) AS score_cents,
  coalesce(CAST(contact.satisfaction * 100 AS BIGINT) * CAST(contact.satisfaction * 100 AS BIGINT), 0) AS score_squares,
  CAST(coalesce(contact.satisfaction >= 9, false) AS INTEGER) AS promoters,
  CAST(coalesce(contact.satisfaction <= 6, false) AS INTEGER) AS detractors,
  CAST(contact.reply_s IS NOT NULL AND known.has_time AS INTEGER) AS replies,
  CASE WHEN known.has_time THEN coalesce(contact.reply_s, 0) ELSE 0 END AS reply_s,
  CAST(contact.resolution_s IS NOT NULL AS INTEGER) AS resolutions,
  coalesce(contact.resolution_s, 0) AS resolution_s,
  CASE WHEN contact.resolution_s IS NOT NULL THEN contact.resolution_days ELSE 0 END AS resolution_days,
  CAST(contact.answer_days IS NOT NULL OR (contact.calendar_days IS NOT NULL AND NOT known.has_time) AS INTEGER) AS answers,
  coalesce(contact.answer_days, CASE WHEN NOT known.has_time THEN contact.calendar_days END, 0) AS answer_days,
  coalesce(len(contact.answered_waits), 0) AS answered_messages,
  coalesce(CAST(list_sum(contact.answered_waits) AS BIGINT), 0) AS answered_message_s,
  coalesce(contact.reopenings, 0) AS reopenings,
  CAST(coalesce(contact.closings > 0, false) AS INTEGER) AS closed_by_event,
  CAST(coalesce(contact.closings > 0 AND contact.reopenings > 0, false) AS INTEGER) AS reopened
FROM (
  SELECT
    own.*,
    told.* EXCLUDE (source, contact_id),
    human_handled(status, agent_id, answered_at, first_reply_at) AS handled,
    -- What was reopened after the end that its source tells is not resolved.
    CASE
      WHEN leg_no = 1 AND status = 'closed' AND opened_at IS NOT NULL AND coalesce(reopened_at <= ended_at, true)
      THEN CAST(epoch(ended_at) - epoch(coalesce(reopened_at, opened_at)) AS BIGINT)
    END AS resolution_s,
    CASE WHEN leg_no = 1 AND first_reply_at >= opened_at THEN CAST(epoch(first_reply_at) - epoch(opened_at) AS BIGINT) END AS reply_s,
    CAST(ended_at AS DATE) - CAST(coalesce(reopened_at, opened_at) AS DATE) AS resolution_days,
    CAST(first_reply_at AS DATE) - CAST(opened_at AS DATE) AS calendar_days
  FROM contacts AS own
  -- A condition on the leg alone would make the engine compare every contact with every other.
  LEFT JOIN (FROM followed) AS told ON told.source = own.source AND told.contact_id = CASE WHEN own.leg_no = 1 THEN own.contact_id END
) AS contact
JOIN gold.source AS known ON known.source = contact.source
CROSS JOIN (FROM wait_limits) AS limits
