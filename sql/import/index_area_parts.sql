-- The question: which parts touch? By GiST.
create index on area_part using gist (geom);
analyze area_part
