-- A restoration and a closing can be taken back, too.
alter table incident_step
  drop constraint incident_step_kind,
  add constraint incident_step_kind check (step in ('confirm', 'merge', 'split', 'cancel', 'restore', 'close'));
