-- Switches the plan kept in force on or off; no row where it stands so already. One row.
update standing_plan
set
  is_on = $is_on,
  changed_by = $by,
  changed_at = $at
where is_on <> $is_on::boolean
