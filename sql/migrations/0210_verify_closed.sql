-- An incident may be closed before its restoration is verified: its customers' word and their silence are waited for all the same.
drop index incident_unverified;
create index incident_unverified on incident (restored_at) where status in ('restored', 'closed') and verified_at is null and not hazard;
