-- What a customer is told on beside the phone. Index: subscription_service_point_id_channel_key; a handful of rows.
select
  subscription.id,
  subscription.channel,
  subscription.recipient,
  subscription.language
from subscription
where subscription.service_point_id = $service_point_id
order by subscription.channel
