-- The question: is the table empty, so that its plain indices are better built after it is filled? If so they go for now.
select case when exists (select from service_point) then '{}' else take_indices('service_point') end as definitions;
