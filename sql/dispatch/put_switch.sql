-- Switches automatic dispatch of a class on or off; what is set so already stays as it was. Index: automatic_dispatch_pkey.
update automatic_dispatch
set
  is_on = $is_on,
  changed_by = $by,
  changed_at = $at
where automatic_dispatch.class = $class
  and automatic_dispatch.is_on <> $is_on
