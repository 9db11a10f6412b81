-- The question: is another import under way? Waits for its end; the lock goes with the transaction.
select pg_advisory_xact_lock(7359002);
