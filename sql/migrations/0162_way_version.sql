-- Which closures each crew's way was reckoned with, so that what a stopped server left undone is taken up by the next.

alter table assignment add column way_version integer;
comment on column assignment.way_version is 'road_version() when its way was reckoned; where that has moved on, the way is to be given again';
