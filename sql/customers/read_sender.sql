-- Whether a number is known: as a customer's, or as one that was written to; and whether its words were kept within the last ten
-- minutes, as a gateway repeats them that missed our answer. Indices: service_point_phone, notification_recipient, request_received;
-- one row.
select
  exists (select from service_point where service_point.phone = any ($numbers::text[])) as is_customer,
  exists (select from notification where notification.recipient = any ($numbers::text[])) as is_written_to,
  exists (
    select
    from request
    where request.received_at > $at::timestamptz - interval '10 minutes'
      and request.phone = any ($numbers::text[])
      and request.said = $said
  ) as is_kept
