-- The request of a link. Index: request_follow_token_key; one row or none.
select request.id
from request
where request.follow_token = $token
