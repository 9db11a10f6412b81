-- The question: which number does the network of this folder have? Made where it is new; its words are updated only where
-- they differ. (No insert … on conflict: every try would use up one of the 32,767 numbers.)
with found as (select id from network where name = $name),
made as (
  insert into network (name, timezone, source, licence)
  select $name, $timezone, $source, $licence
  where not exists (select from found)
  returning id
),
changed as (
  update network set timezone = $timezone, source = $source, licence = $licence, imported_at = now()
  where name = $name and (timezone, source, licence) is distinct from ($timezone::text, $source::text, $licence::text)
  returning id
)
select
  coalesce((select id from found), (select id from made)) as id,
  (select count(*) from made) as new,
  (select count(*) from changed) as changed;
