-- Opens, ends or takes back interruptions of one incident; see the function. A feeder's 20,000 customers in one statement.
-- Prepared.
select set_interruptions($incident_id, $act, $transformers::text[], $points::text[], $at::timestamptz, $parent_id) as touched
