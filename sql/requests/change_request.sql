-- What a step changes of a request; a deadline put off is warned of again. Index: request_pkey; one row.
update request
set
  owner = $owner,
  first_owner = $first_owner,
  warned_at = case when request.due_at = $due_at::timestamptz then request.warned_at end,
  due_at = $due_at,
  explained = $explained,
  state = case when $answer::text is null then request.state else 'answered' end,
  answer = $answer,
  answered_at = case when $answer::text is not null then $now::timestamptz end
where request.id = $id
