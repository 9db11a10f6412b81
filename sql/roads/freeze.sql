-- Lets a transaction see the roads as they were when it began: an import that commits between two pages stays unseen.
set transaction isolation level repeatable read, read only
