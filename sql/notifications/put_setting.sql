-- Sets how notifications go out. One row.
update notification_setting
set
  phone_channel = $phone_channel,
  stopped = $stopped,
  approve_above = $approve_above,
  quiet_from = $quiet_from::time,
  quiet_to = $quiet_to::time,
  public_url = $public_url
