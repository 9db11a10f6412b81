-- The transactions that may still own an unseen number: holders of the writers' shared lock. A handful of rows.
select lock.virtualtransaction as writer
from pg_locks as lock
where lock.locktype = 'advisory'
  and lock.classid = 7359
  and lock.objid = 2
  and lock.granted
