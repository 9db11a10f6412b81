-- Sets how notifications go out, and notes who turned the stop switch where it is turned. One row.
update notification_setting
set
  phone_channel = $phone_channel,
  stopped = $stopped,
  stopped_by = case when notification_setting.stopped = $stopped then notification_setting.stopped_by else $by end,
  stopped_at = case when notification_setting.stopped = $stopped then notification_setting.stopped_at else $now::timestamptz end,
  approve_above = $approve_above,
  quiet_from = $quiet_from::time,
  quiet_to = $quiet_to::time,
  public_url = $public_url
