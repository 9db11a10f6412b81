-- Keeps a new request. One row.
insert into request
  (id, kind, said, channel, service_point_id, account_no, phone, address, email, language, grid_id, received_at, due_at, owner, follow_token)
values
  ($id, $kind, $said, $channel, $service_point_id, $account_no, $phone, $address, $email, $language, $grid_id, $now, $due_at, $owner, $follow_token)
