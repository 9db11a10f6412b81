-- Ends a subscription, at all points of its account that the same address is told of on the same channel. Index: subscription_pkey,
-- service_point_pkey, service_point_account, subscription_service_point_id_channel_key; one row a point, or none.
delete from subscription
where subscription.id = any (array(
  select $id::bigint
  union all
  select other.id
  from subscription as named
  join service_point as told
    on told.id = named.service_point_id
  join service_point as beside
    on beside.account_no = told.account_no
  join subscription as other
    on other.service_point_id = beside.id
    and other.channel = named.channel
    and other.recipient = named.recipient
  where named.id = $id::bigint
))
