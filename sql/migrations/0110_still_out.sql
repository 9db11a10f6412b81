-- What customers are asked once supply is back, and the links and replies that they answer by.

alter table notification_setting
  add column public_url text constraint notification_setting_public_url check (public_url ~ '^https?://[^/]+$'),
  add column link_key text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
comment on column notification_setting.public_url is 'Where customers reach the public page, for the links in messages; without it messages have none';
comment on column notification_setting.link_key is 'Signs the links in messages, so that nobody can guess another customer''s';

create index notification_recipient on notification (recipient, id);

create table survey_answer (
  incident_id text not null references incident,
  service_point_id text not null,
  speed smallint not null constraint survey_answer_speed check (speed between 1 and 5),
  told smallint not null constraint survey_answer_told check (told between 1 and 5),
  remark text,
  at timestamptz not null,
  primary key (incident_id, service_point_id)
);
comment on table survey_answer is 'Two questions after restoration, 1 (bad) to 5 (good): was it quick, and were you told what was so';
create index survey_answer_at on survey_answer (at);
