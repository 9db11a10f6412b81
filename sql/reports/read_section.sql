-- The section that a transformer is judged in. Index: transformer_pkey; one row. Prepared.
select coalesce(transformer.feeder_id, 'transformer:' || transformer.id) as section
from transformer
where transformer.id = $transformer_id
