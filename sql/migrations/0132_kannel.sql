-- SMS through Kannel.

alter table channel_config
  drop constraint channel_config_kind,
  add constraint channel_config_kind
    check (kind in ('print', 'webhook', 'wecom', 'dingtalk', 'smtp', 'smpp', 'kannel', 'web_push'));
