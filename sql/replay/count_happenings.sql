-- Whether anything has happened in this database yet, and whether a storm was played into it. One row.
select
  exists (select from report) or exists (select from incident) as happened,
  exists (select from replay) as replayed
