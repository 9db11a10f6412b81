-- The wordings that a kind has been given in a language, the newest first. Index: template_pkey; a handful of rows.
select template.version, template.body, template.created_at, template.created_by
from template
where template.kind = $kind
  and template.language = $language
order by template.version desc
limit 50
