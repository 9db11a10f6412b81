-- Those who report from behind one customer-owned transformer are a group: how many there are is asked with each report.

create index report_location_transformer on report_location (transformer_id, at) where transformer_id is not null;
