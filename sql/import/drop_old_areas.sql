-- The question: which derived areas of the network have no ground any more? They go.
delete from area
using transformer
where transformer.id = area.transformer_id and transformer.network_id = $network_id and area.derived
  and not exists (select from area_part where area_part.transformer_id = area.transformer_id);
