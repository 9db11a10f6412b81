-- How the messages of a batch went. A row that another worker has taken over since (its tries went on) is left alone.
-- Index: notification_pkey; as many rows as the batch.
update notification
set
  state = outcome.state,
  reason = outcome.reason,
  provider_id = coalesce(outcome.provider_id, notification.provider_id),
  next_try_at = outcome.next_try_at,
  sent_at = case when outcome.state = 'sent' then $now else notification.sent_at end,
  sent_text = coalesce(outcome.sent_text, notification.sent_text),
  told_until = outcome.told_until,
  told_crew = outcome.told_crew
from unnest(
  $ids::bigint[], $tries::integer[], $states::text[], $reasons::text[], $provider_ids::text[], $next_try_ats::timestamptz[],
  $sent_texts::text[], $told_untils::timestamptz[], $told_crews::text[]
) as outcome (id, tries, state, reason, provider_id, next_try_at, sent_text, told_until, told_crew)
where notification.id = outcome.id
  and notification.state = 'sending'
  and notification.tries = outcome.tries
