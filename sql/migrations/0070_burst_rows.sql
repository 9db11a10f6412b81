-- What a storm writes by the hundred thousand names its incident without a foreign key: both are written under the section's
-- lock by one function or statement each, and the check of a row costs as much as the row. Incidents are never deleted.
alter table interruption
  drop constraint interruption_incident_id_fkey;
alter table evidence
  drop constraint evidence_incident_id_fkey;
