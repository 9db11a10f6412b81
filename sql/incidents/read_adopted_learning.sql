-- What was adopted last. Index: adopted_learning_pkey; one row or none.
select
  adopted.at,
  adopted.adopted_by,
  adopted.kind_shares,
  adopted.call_rates,
  adopted.failures,
  adopted.note
from adopted_learning as adopted
order by adopted.id desc
limit 1
