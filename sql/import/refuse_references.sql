-- The question: which rows of a file refer to nothing? They are refused. Hash anti joins with what is staged and what is kept.
select refuse_references(
  $staged::text::regclass, $file::text, $reference::text, $target::text::regclass, $kept::text::regclass, $target_key::text, $whose::text
) as refused;
