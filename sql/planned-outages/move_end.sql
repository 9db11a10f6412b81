-- Gives a planned outage a later end; parts that end with it move along. Index: planned_outage_pkey; one row.
update planned_outage
set
  ends_at = $ends_at::timestamptz,
  parts = coalesce(
    (
      select jsonb_agg(
        case
          when (part.body ->> 'ends_at')::timestamptz = planned_outage.ends_at
            then part.body || jsonb_build_object('ends_at', $ends_text::text)
          else part.body
        end
        order by part.place
      )
      from jsonb_array_elements(planned_outage.parts) with ordinality as part (body, place)
    ),
    '[]'
  ),
  note = coalesce($note, planned_outage.note),
  version = planned_outage.version + 1,
  updated_at = $now
where planned_outage.id = $id
