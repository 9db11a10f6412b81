-- A batch of service points, for the graph in memory. Index: service_point_pkey; 1.8 million rows in all at city scale.
select
  service_point.id,
  service_point.transformer_id,
  service_point.lv_equipment_id,
  service_point.meter_no is not null as metered,
  service_point.connection = 'disconnected_nonpayment' as disconnected
from service_point
where service_point.id > $after
order by service_point.id
limit $limit
