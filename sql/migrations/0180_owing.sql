-- What customers are owed and nobody has written out for each of them yet.

create table owing (
  id bigint generated always as identity primary key,
  incident_id text not null,
  at timestamptz not null
);
comment on table owing is 'An incident whose customers are owed the news of it, noted in the transaction that makes it so; the worker writes it out for each of them and deletes the note in one transaction';
