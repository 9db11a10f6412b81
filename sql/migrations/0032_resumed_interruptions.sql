-- An interruption that a nested incident took over from its parent remembers the parent and when it had ended there, so that
-- its minutes go back where the nested incident turns out to be none.
alter table interruption
  add column resumed_from text references incident,
  add column resumed_ended_at timestamptz,
  add constraint interruption_resumed check ((resumed_from is null) = (resumed_ended_at is null));
create index interruption_resumed_from on interruption (resumed_from) where resumed_from is not null;
