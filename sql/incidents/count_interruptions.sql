-- Counts an incident's customers anew; see the function.
select count_interruptions($incident_id) as counted
