-- What the search over everything looks up by: parts of accounts and names, numbers of incidents, words of devices, callers.

create index service_point_account_begins on service_point (account_no text_pattern_ops);
create index service_point_name on service_point (name text_pattern_ops) where name is not null;
create index incident_by_number on incident (number);
create index equipment_words on equipment using gin (lower(id || ' ' || coalesce(name, '')) gin_trgm_ops);
create index transformer_words on transformer using gin (lower(id) gin_trgm_ops);
create index report_phone on report (phone, received_at) where phone is not null;
create index report_account on report (account_no, received_at) where account_no is not null;
create index request_account on request (account_no) where account_no is not null;
create index request_phone on request (phone) where phone is not null;
