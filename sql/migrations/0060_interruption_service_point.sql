-- The last interruption of a service point is asked for whenever one is opened or reopened.

create index interruption_service_point on interruption (service_point_id, id);
