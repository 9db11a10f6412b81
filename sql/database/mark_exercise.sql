-- Marks the database as an exercise, but only while nothing has happened in it; a mark that stands is left. At most one row.
insert into exercise (reason)
select $reason
where not exists (select from report)
  and not exists (select from incident)
on conflict (only_one) do nothing
