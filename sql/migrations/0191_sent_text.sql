-- What was sent is kept as it was sent: what its text is made of goes on changing, once a restoration is verified or taken back.
alter table notification add column sent_text text;
comment on column notification.sent_text is 'The text that the customer got; null until it is sent, and of what was sent before this was kept';
