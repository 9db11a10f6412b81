-- The newest wording of each kind and language, of one kind or of all. Index: template_pkey; a dozen rows. Prepared.
select distinct on (template.kind, template.language)
  template.kind,
  template.language,
  template.version,
  template.body
from template
where $kind::text is null
  or template.kind = $kind
order by template.kind, template.language, template.version desc
