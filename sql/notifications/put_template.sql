-- The next version of a wording; two at once are told apart by the primary key, and the later one fails loudly.
insert into template (kind, language, version, body, created_by)
select $kind, $language, coalesce(max(template.version), 1) + 1, $body, $created_by
from template
where template.kind = $kind
  and template.language = $language
returning kind, language, version, body
