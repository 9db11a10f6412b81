-- One more step of a request's way. One row.
insert into request_step (request_id, step, actor, owner, note, at)
values ($request_id, $step, $actor, $owner, $note, $at)
