-- The demo's sign-ins are published: they are known as such, and go when the database holds a real network or the demo is off.

alter table member add column is_demo boolean not null default false;
comment on column member.is_demo is 'its secret is printed at every start of the demo';
