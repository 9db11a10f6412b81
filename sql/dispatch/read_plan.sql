-- A plan by id, or the newest made since an instant where no id is given. Indices: plan_pkey, plan_made; one row.
select
  plan.id,
  plan.event_seq,
  plan.stands_on,
  plan.view,
  plan.applied_at,
  plan.applied_by
from plan
where ($id::text is null or plan.id = $id)
  and ($id::text is not null or plan.made_at > $since::timestamptz)
order by plan.made_at desc
limit 1
