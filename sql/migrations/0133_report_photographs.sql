-- Pictures that customers add to their reports, kept as the crews' are: in the database, beside their row.

create table report_photograph (
  id text primary key,
  report_id text not null references report,
  received_at timestamptz not null,
  media_type text not null constraint report_photograph_media_type check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  picture bytea not null constraint report_photograph_size check (octet_length(picture) between 1 and 2000000)
);
comment on table report_photograph is 'A picture that a customer sent with a report, by the link that follows it';
alter table report_photograph alter column picture set storage external;
create index report_photograph_report on report_photograph (report_id);
