-- How notifications are set, with the time zone that quiet hours and messages go by. One row. Prepared.
select
  setting.phone_channel,
  setting.stopped,
  setting.stopped_by,
  setting.stopped_at,
  setting.approve_above,
  setting.public_url,
  setting.link_key,
  to_char(setting.quiet_from, 'HH24:MI') as quiet_from,
  to_char(setting.quiet_to, 'HH24:MI') as quiet_to,
  coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as timezone
from notification_setting as setting
