-- Keeps a plan. One row.
insert into plan (id, made_at, made_by, event_seq, stands_on, view)
values ($id, $made_at, $made_by, $event_seq, $stands_on::jsonb, $view::jsonb)
