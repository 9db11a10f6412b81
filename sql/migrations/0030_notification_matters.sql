-- What a message is about is said once, in its matter; a notification is only who is told of it, how, and how far that is.
-- 20,000 rows of one feeder are then written with their three small indices and without their words.

create table matter (
  id bigint generated always as identity primary key,
  key text not null unique,
  kind text not null,
  incident_id text,
  template text not null,
  bodies jsonb not null,
  words jsonb not null,
  state text not null default 'open' constraint matter_state check (state in ('open', 'held', 'approved', 'refused')),
  decided_by text,
  created_at timestamptz not null default now()
);
comment on table matter is 'Something customers are told: said once whatever is retried, by its key';
comment on column matter.bodies is 'The wording in each language as it stood when the matter came up, so that what was sent can be shown later';
create index matter_incident on matter (incident_id) where incident_id is not null;

drop table notification;

create table notification (
  id bigint generated always as identity primary key,
  matter_id bigint not null,
  service_point_id text not null,
  channel text not null,
  language text not null,
  recipient text not null,
  state text not null default 'queued'
    constraint notification_state check (state in ('queued', 'sending', 'sent', 'delivered', 'dead', 'held', 'superseded')),
  tries smallint not null default 0,
  next_try_at timestamptz not null default now(),
  reason text,
  provider_id text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
comment on table notification is 'A message owed to a customer (通知): one a matter, service point and channel, never twice';
comment on column notification.matter_id is 'Its matter; no foreign key, whose check a row would double the cost of owing 20,000 of them';
comment on column notification.next_try_at is 'While queued, when to send; while sending, when the worker that took it counts as dead';
create unique index notification_once on notification (matter_id, service_point_id, channel);
create index notification_customer on notification (service_point_id, id);
create index notification_due on notification (channel, next_try_at, id) where state in ('queued', 'sending');
create index notification_sent on notification (sent_at) where sent_at is not null;
create index notification_aside on notification (state, matter_id) where state in ('dead', 'held', 'superseded');
create index notification_provider on notification (provider_id) where provider_id is not null;

create table channel_config (
  channel text primary key,
  kind text not null
    constraint channel_config_kind check (kind in ('print', 'webhook', 'wecom', 'dingtalk', 'smtp', 'smpp', 'web_push')),
  settings jsonb not null default '{}',
  rate_per_s real constraint channel_config_rate check (rate_per_s > 0),
  stopped boolean not null default false,
  budget real not null default 0,
  budget_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table channel_config is 'How each channel is reached. Its budget is the token bucket that all servers draw on, so that the rate holds for all together';
insert into channel_config (channel, kind) values ('print', 'print');

create table notification_setting (
  only_row boolean primary key default true constraint notification_setting_only check (only_row),
  phone_channel text not null default 'print' references channel_config,
  stopped boolean not null default false,
  approve_above integer not null default 30000 constraint notification_setting_approve check (approve_above >= 0),
  quiet_from time,
  quiet_to time,
  constraint notification_setting_quiet check ((quiet_from is null) = (quiet_to is null))
);
comment on table notification_setting is 'Which channel reaches a phone, the stop switch, above how many recipients somebody must approve, quiet hours';
insert into notification_setting default values;

create table template (
  kind text not null,
  language text not null constraint template_language check (language in ('zh', 'en')),
  version integer not null,
  body text not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  primary key (kind, language, version)
);
comment on table template is 'The wording of each kind of matter; the newest version counts, version 1 stands in the program';

create table preference (
  service_point_id text primary key,
  language text constraint preference_language check (language in ('zh', 'en')),
  by_phone boolean not null default true,
  at_night boolean not null default false
);
comment on table preference is 'What a customer asked for: language, no messages to the phone, or messages in quiet hours too';

create table subscription (
  id bigint generated always as identity primary key,
  service_point_id text not null,
  channel text not null references channel_config on delete cascade,
  recipient text not null,
  language text not null default 'zh' constraint subscription_language check (language in ('zh', 'en')),
  created_at timestamptz not null default now(),
  unique (service_point_id, channel)
);
comment on table subscription is 'A channel beside the phone that a customer wants to be told on: e-mail, web push';
