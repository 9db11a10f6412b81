-- Says that what was heard must be heard anew: evidence was cleared or equipment switched. Index: section_pkey.
update section
set epoch = epoch + 1
where section.name = any ($names::text[])
