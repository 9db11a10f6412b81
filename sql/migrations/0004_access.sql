-- Who may sign in, and the bearer tokens handed out.

create table member (
  name text primary key,
  role text not null constraint member_role check (role in ('dispatcher', 'crew', 'wall', 'administrator')),
  crew_id text,
  secret_hash text not null,
  created_at timestamptz not null default now()
);
comment on table member is 'A person or screen that signs in; secret_hash is scrypt, salt included';

create table session (
  token_hash text primary key,
  member_name text not null references member on delete cascade,
  expires_at timestamptz not null
);
create index session_expiry on session (expires_at);
