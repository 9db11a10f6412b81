-- A feeder's 20,000 interruptions each carry every index of their table: one that nothing asks by, and one that says little
-- more than interruption_point, cost a fifth of opening them.
drop index interruption_open_transformer;
drop index interruption_service_point;
