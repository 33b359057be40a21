-- question: which decisions between own totals and what is below them hold now?
-- grain: one row per organisation ($unit), item and last quarter of the period; replaces the previous contents
-- columns: see 010_tables.sql
delete from core.kept_total;
insert into core.kept_total
select unnest($unit::varchar[]), unnest($item::varchar[]), unnest($period::integer[]), unnest($keep::varchar[]);
