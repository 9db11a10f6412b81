-- A request may name a place that is no account, an e-mail address and a language: whoever asked is told the answer there.
alter table request
  add column address text,
  add column email text,
  add column language text constraint request_language check (language in ('zh', 'en'));
comment on column request.address is 'The place in the words of who asked, where no account is known';
comment on column request.email is 'Where the answer is sent beside the phone';
create index request_owner on request (owner) where state = 'open';
