-- Whoever was told under the name of a swallowed incident hears of what becomes of the one that swallowed it.
create index incident_merged on incident (merged_into) where merged_into is not null;
