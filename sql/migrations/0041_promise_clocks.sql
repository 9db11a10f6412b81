-- How long each stage may take, what was said about stages that ran out, and which classes of incident are dispatched by themselves.

create table stage_limit (
  kind text not null
    constraint stage_limit_kind check (kind in ('dispatch', 'accept', 'depart', 'arrive', 'restore', 'report_back')),
  district_kind text not null constraint stage_limit_district check (district_kind in ('urban', 'rural', 'remote')),
  important boolean not null,
  limit_s integer not null constraint stage_limit_positive check (limit_s between 60 and 172800),
  average_s integer constraint stage_limit_average check (average_s between 60 and 172800),
  warn_s integer not null constraint stage_limit_warn check (warn_s between 0 and 86400),
  primary key (kind, district_kind, important)
);
comment on table stage_limit is 'The promise for each stage: limit_s for every incident, average_s over a period; important means that critical customers are out';
comment on column stage_limit.warn_s is 'How long before the limit it is warned of';

-- Arrival 45/90/120 minutes after the first report and restoration 3/4/5 hours after arrival; half of what is allowed for
-- the inner stages where critical customers are out.
insert into stage_limit (kind, district_kind, important, limit_s, average_s, warn_s)
select stage.kind, ground.kind, important.yes, stage.seconds[ground.place] / case when important.yes and stage.halved then 2 else 1 end,
  stage.average_s[ground.place], stage.warn_s
from (values
  ('dispatch', array[600, 600, 600], null::integer[], 240, true),
  ('accept', array[180, 180, 180], null, 60, false),
  ('depart', array[600, 600, 900], null, 180, true),
  ('arrive', array[2700, 5400, 7200], array[2700, 5400, 7200], 900, false),
  ('restore', array[10800, 14400, 18000], array[10800, 14400, 18000], 1800, false),
  ('report_back', array[1800, 1800, 1800], null, 600, false)
) as stage (kind, seconds, average_s, warn_s, halved)
cross join (values ('urban', 1), ('rural', 2), ('remote', 3)) as ground (kind, place)
cross join (values (false), (true)) as important (yes);

create table clock (
  subject_id text not null,
  kind text not null
    constraint clock_kind check (kind in ('dispatch', 'accept', 'depart', 'arrive', 'restore', 'report_back')),
  level text not null constraint clock_level check (level in ('warned', 'escalated')),
  incident_id text not null references incident,
  assignment_id text references assignment,
  due_at timestamptz not null,
  at timestamptz not null,
  primary key (subject_id, kind, level)
);
comment on table clock is 'What was said about a stage that runs out: once before its limit and once at it';
create index clock_incident on clock (incident_id);

create table automatic_dispatch (
  class text primary key
    constraint automatic_dispatch_class check (class in ('hazard', 'medium_voltage', 'transformer', 'low_voltage', 'single_customer')),
  is_on boolean not null default false,
  changed_by text,
  changed_at timestamptz
);
comment on table automatic_dispatch is 'The switch of automatic dispatch, by class of incident; all off until somebody switches one on';
insert into automatic_dispatch (class) values ('hazard'), ('medium_voltage'), ('transformer'), ('low_voltage'), ('single_customer');

create table help_request (
  id text primary key,
  assignment_id text not null references assignment,
  incident_id text not null references incident,
  crew_id text not null references crew,
  asked_at timestamptz not null,
  reason text not null,
  skills text[] not null default '{}',
  answered_at timestamptz,
  answered_by text
);
comment on table help_request is 'A crew asks for help; answered when another is offered in support, or by word';
create unique index help_request_one_open on help_request (assignment_id) where answered_at is null;
create index help_request_open on help_request (asked_at) where answered_at is null;
create index help_request_incident on help_request (incident_id);
