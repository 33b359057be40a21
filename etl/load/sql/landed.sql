-- question: how many data are in the warehouse, and what is their sum?
-- grain: one row
-- columns: rows, total
select count(*) as rows, coalesce(sum(value), 0) as total from raw.datum;
