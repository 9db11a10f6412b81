-- The question: which cell is whose? PostGIS gives cells in an order of its own, so they are found again by GiST.
create index on area_cell using gist (geom);
create index on area_site (transformer_id);
analyze area_cell;
analyze area_site
