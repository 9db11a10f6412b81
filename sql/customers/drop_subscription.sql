-- Ends a subscription. Index: subscription_pkey; one row or none.
delete from subscription
where subscription.id = $id
