-- The import's polygons made valid: rings that cross themselves are mended, a polygon that encloses no ground is refused.
-- Answers how many were mended. `staged` is a staging table with `line` and `geom`.
create or replace function mend_polygons(staged regclass, file text) returns integer
  language plpgsql
as $$
declare
  mended integer;
begin
  execute format(
    'update %1$s set geom = st_multi(st_collectionextract(st_makevalid(geom), 3)) where not st_isvalid(geom)', staged);
  get diagnostics mended = row_count;
  execute format(
    'with gone as (delete from %1$s where st_isempty(geom) or st_area(geom) = 0 returning line)
     insert into refusal
     select %2$L, line, ''geometry'', '''', ''the polygon encloses no ground; one with an inside would be right'' from gone',
    staged, file);
  execute format('update %1$s set geom = st_multi(geom) where geometrytype(geom) = ''POLYGON''', staged);
  return mended;
end
$$;
