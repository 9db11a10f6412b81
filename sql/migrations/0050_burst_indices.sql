-- A storm's evidence is read on from a number, a section at a time, and an incident's few calls are counted among its thousands
-- of meters' words.
drop index evidence_live;
create index evidence_live on evidence (section, id) where cleared_at is null;
create index evidence_calls on evidence (incident_id) where kind = 'report';
