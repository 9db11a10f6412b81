-- Customers whose own plant begins before the meter, and transformers that customers own: a loss of theirs alone is judged to be on
-- their own side. Sequential; a few in a hundred.
select service_point.id
from service_point
where service_point.boundary <> 'meter'
union all
select transformer.id
from transformer
where transformer.owner = 'customer'
