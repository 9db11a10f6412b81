-- The instant at which $date begins in $timezone; one row.
select $date::date::timestamp at time zone $timezone::text as begins
