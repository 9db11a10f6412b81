-- Whether this database is an exercise. One row.
select exists (select from exercise) as exercise
