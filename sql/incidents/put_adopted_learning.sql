-- Keeps what somebody adopted; earlier rows stay. One row.
insert into adopted_learning (at, adopted_by, kind_shares, call_rates, failures, note)
values ($now, $adopted_by, $kind_shares::jsonb, $call_rates::jsonb, $failures, $note)
