-- The classic rule: a contact up to $within_s seconds after the start of the person's previous one is a repeat of it.
SELECT
  $rule AS rule,
  row_id,
  identity,
  CASE WHEN gap_s <= $within_s THEN 'repeat' ELSE 'anchor' END AS role,
  CASE WHEN gap_s <= $within_s THEN previous_row_id ELSE row_id END AS anchor_row_id,
  CASE
    WHEN gap_s IS NULL OR gap_s > $within_s THEN 'none'
    WHEN gap_days = 0 THEN 'D0'
    WHEN gap_days <= 3 THEN 'D1_3'
    ELSE 'D4_W'
  END AS bucket,
  coalesce(gap_s <= $within_s AND category = previous_category AND category <> 'desconhecido', false) AS same_reason,
  CAST(started_at AS DATE) AS ended_on,
  CAST(coalesce(next_gap_s <= $within_s, false) AS INTEGER) AS repeats,
  CAST(coalesce(next_gap_s <= $within_s AND category = next_category AND category <> 'desconhecido', false) AS INTEGER) AS repeats_same
FROM (
  SELECT
    row_id,
    identity,
    started_at,
    reason_category AS category,
    lag(row_id) OVER person AS previous_row_id,
    lag(reason_category) OVER person AS previous_category,
    lead(reason_category) OVER person AS next_category,
    epoch(started_at) - epoch(lag(started_at) OVER person) AS gap_s,
    epoch(lead(started_at) OVER person) - epoch(started_at) AS next_gap_s,
    CAST(started_at AS DATE) - CAST(lag(started_at) OVER person AS DATE) AS gap_days
  FROM scope
  WHERE identity IS NOT NULL AND status <> 'void' AND row_id NOT IN (SELECT row_id FROM gold.excluded)
  WINDOW person AS (PARTITION BY identity ORDER BY started_at, hash(source, contact_id), leg_no)
)
