-- What happened to one service point: its own messages, its own status, the indices by customer.
create index interruption_point on interruption (service_point_id, started_at desc);
