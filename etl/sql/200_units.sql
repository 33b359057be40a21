-- question: which organisations are there, under which parent in which quarters, numbered depth-first?
-- grain: core.placement one row an organisation, parent and run of quarters; core.unit one row a numbered node
-- columns: see 010_tables.sql; last is null while the placement goes on
delete from core.placement;
insert into core.placement
with registered as (
    select
        d.fields ->> 'unit_code' as code, d.fields ->> 'unit_name' as name, d.fields ->> 'level' as level,
        coalesce(d.fields ->> 'parent', '') as parent, coalesce(d.fields ->> 'category', '') as category,
        d.fields ->> 'status' as status, d.first, t.next - 1 as last
    from raw.record d join core.told t on t.record = d.id
    where d.form = 'R00'
)
select 0, code, name, level, parent, category, first, last
from registered
where status = 'open' and (last is null or last >= first);

delete from core.unit;
insert into core.unit
with recursive place as (
    select distinct code, parent from core.placement
), path as (
    select code, parent, '' as above, code as trail, code as area, 0 as depth from place where parent = ''
    union all
    select p.code, p.parent, path.trail, path.trail || '/' || p.code,
        case when path.depth = 0 then p.code else path.area end, path.depth + 1
    from place p join path on path.code = p.parent
), numbered as (
    select code, parent, above, trail, area, row_number() over (order by trail) as node from path
), upward as (
    select node, node as ancestor, above from numbered
    union all
    select u.node, n.node, n.above from upward u join numbered n on n.trail = u.above
), reach as (
    select ancestor, max(node) as last_node from upward group by ancestor
), latest as (
    select code, parent, name, level
    from core.placement
    qualify row_number() over (partition by code, parent order by first desc) = 1
)
select n.node, r.last_node, n.code, l.name, l.level, n.parent, n.area
from numbered n
join reach r on r.ancestor = n.node
join latest l on l.code = n.code and l.parent = n.parent
order by n.node;

update core.placement
set node = u.node
from core.unit u
where u.code = placement.code and u.parent = placement.parent;

delete from core.ancestor;
insert into core.ancestor
select lower_u.node, upper_u.node
from core.unit lower_u join core.unit upper_u on lower_u.node between upper_u.node and upper_u.last_node;
