-- The question: how much memory may one sort or index build of the import take? Three of them stay under the 2 GB of the issue.
select set_config('work_mem', '128MB', true), set_config('maintenance_work_mem', '512MB', true), set_config('jit', 'off', true);
