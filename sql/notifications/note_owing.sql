-- Notes that the customers of an incident are owed the news of it; see owing. One row. Prepared.
insert into owing (incident_id, at) values ($incident_id, $now)
