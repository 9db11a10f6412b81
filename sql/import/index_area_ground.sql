-- The question: which piece of ground lies under a transformer's claim? By GiST.
create index on area_ground using gist (geom);
analyze area_ground;
analyze area_claim
