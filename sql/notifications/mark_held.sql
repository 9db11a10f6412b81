-- Marks a matter as waiting for approval when its messages were held; a refused one stays refused.
-- Index: notification_aside; one row or none.
update matter
set state = 'held'
where matter.id = $matter_id
  and matter.state in ('open', 'approved')
  and exists (
    select
    from notification
    where notification.matter_id = $matter_id
      and notification.state = 'held'
  )
