-- The question: how is a point's piece found? By GiST on the pieces' boxes.
create index on district_piece using gist (geom);
create index on grid_piece using gist (geom);
analyze district_piece;
analyze grid_piece
