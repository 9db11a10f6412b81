-- The question: how much memory may one sort or index build of the import take, and how long may its transaction rest? Three of them
-- stay under the 2 GB of the issue; a province's roads are read for longer than a minute before the first of them is written.
select
  set_config('work_mem', '128MB', true),
  set_config('maintenance_work_mem', '512MB', true),
  set_config('jit', 'off', true),
  set_config('idle_in_transaction_session_timeout', '0', true);
