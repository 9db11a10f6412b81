-- The service points of an account whose phone ends in these digits. Index: service_point_account; one row or none, a landlord has more.
select
  service_point.id,
  service_point.address
from service_point
where service_point.account_no = $account_no
  and right(regexp_replace(service_point.phone, '[^0-9]', '', 'g'), 4) = $phone_last4
order by service_point.id
limit 20
