-- Contacts with what the rules and the sums of their marks look at. `contacts` has the columns of gold.contact; `persons`
-- those of gold.person. Who identifies nobody is a person of the row's own number. Texts become numbers before the join:
-- the engine may keep either side of it.
SELECT own.*, coalesce(link.person, own.identity) AS person
FROM (
  SELECT
    row_id,
    coalesce(identity, CAST(row_id AS UBIGINT)) AS identity,
    coalesce(identity_received, identity, CAST(row_id AS UBIGINT)) AS received,
    CAST(identity IS NULL AS UTINYINT) AS anonymous,
    source,
    day,
    started_at,
    queue,
    account,
    agent_id,
    supervisor,
    reason,
    reason_category,
    channel,
    status,
    uf,
    ddd,
    leg_no,
    hash(source, contact_id) AS contact,
    hash(agent_id) AS agent,
    normalised_reason(reason) AS reason_code,
    CASE WHEN reason_category = 'desconhecido' THEN CAST(0 AS UBIGINT) ELSE hash(reason_category) END AS category,
    CAST(floor(epoch(started_at)) AS INTEGER) AS started,
    CAST(floor(least(epoch(contact_end(started_at, ended_at, wait_s, talk_s, hold_s, wrapup_s)), 2147483647)) AS INTEGER) AS ended,
    CAST(human_handled(status, agent_id, answered_at, first_reply_at) AS UTINYINT) AS handled
  FROM contacts
  WHERE status <> 'void'
) AS own
-- Every person is less than its other identities: said for the engine, which then looks up in this side, the smaller one,
-- and holds no contacts.
LEFT JOIN (FROM persons WHERE person < identity) AS link ON link.identity = own.identity
