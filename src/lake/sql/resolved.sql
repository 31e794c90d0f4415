-- Contacts of `contacts`, which have silver's columns, with what the reference tables say of them on their day: the
-- supervisor, the account and reason that names resolve into, and the first list that leaves the contact out.
SELECT
  contact.* REPLACE (
    coalesce(name.to_account, contact.account) AS account,
    coalesce(name.to_reason, contact.reason) AS reason,
    coalesce(name.to_category, contact.reason_category) AS reason_category
  ),
  CASE WHEN contact.agent_id = 'desconhecido' THEN 'desconhecido' ELSE coalesce(post.supervisor, 'Não mapeado') END AS supervisor,
  coalesce(number.list, protocol.list, queue.list) AS listed
FROM contacts AS contact
LEFT JOIN (FROM supervised) AS post
  ON post.agent_id = contact.agent_id AND contact.day >= post.valid_from AND contact.day < post.valid_to
LEFT JOIN (FROM named) AS name
  ON name.source = contact.source AND name.account = contact.account AND name.reason = contact.reason
  AND name.reason_category = contact.reason_category AND contact.day >= name.valid_from AND contact.day < name.valid_to
LEFT JOIN (FROM listed_numbers) AS number
  ON number.value = contact.phone AND contact.day >= number.valid_from AND contact.day < number.valid_to
LEFT JOIN (FROM listed_protocols) AS protocol
  ON protocol.value = contact.protocol AND contact.day >= protocol.valid_from AND contact.day < protocol.valid_to
LEFT JOIN (FROM listed_queues) AS queue
  ON queue.value = contact.queue AND contact.day >= queue.valid_from AND contact.day < queue.valid_to
