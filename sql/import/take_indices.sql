-- The question: is the table empty, so that its indices are better built after it is filled? If so they go for now.
select take_indices('service_point') as definitions;
