-- Offers whose time to answer is over. Index: assignment_one_active_per_crew; a handful of rows.
select
  assignment.id,
  assignment.incident_id,
  assignment.offered_by
from assignment
where assignment.status = 'offered'
  and assignment.answer_by < $now
limit 100
