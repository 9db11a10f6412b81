-- The question: which polygons of a file cross themselves? They are mended; those that enclose nothing are refused.
select mend_polygons($staged::text::regclass, $file::text) as mended;
