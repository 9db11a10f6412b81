-- Keeps the digest of a token handed out. Index: session_pkey; one row.
insert into session (token_hash, member_name, expires_at)
values ($token_hash, $member_name, $expires_at)
