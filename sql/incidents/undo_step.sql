-- Takes a step back; see the function. Rows as in the step that was kept.
select undo_step($id, $now::timestamptz) as undone
