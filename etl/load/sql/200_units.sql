-- question: which organisations are there, under which parent in which quarters, numbered depth-first, and under which
--   node do rows about each of them count in every quarter, and in which months is it open?
-- grain: core.state one row per row of the register and run of quarters; core.heir one row per organisation that is not
--   open and run of quarters; core.placement one row per organisation, parent and run of quarters in which it is open;
--   core.unit one row per numbered node; core.place one row per organisation, node and run of quarters, from quarter 0
--   on; core.month_place one row per organisation, node and run of months in which it is open at the month's end
-- columns: see 010_tables.sql; in core.placement last is null if there is no end, elsewhere 2147483647 means no end.
--   heir: who stands for an organisation that was merged (its successor) or closed (its last parent), and is itself
--   open
delete from core.state;
insert into core.state
with told as (
    select d.key as code, d.fields ->> 'unit_name' as name, d.fields ->> 'level' as level,
        coalesce(d.fields ->> 'parent', '') as parent, coalesce(d.fields ->> 'category', '') as category,
        d.fields ->> 'status' as status, coalesce(d.fields ->> 'successor', '') as successor, t.place, d.first, t.next
    from raw.record d join core.told t on t.record = d.id join core.form f on f.code = d.form
    where f.role = 'units'
), under as (
    select *, last_value(case when status = 'open' then parent end ignore nulls) over (
        partition by code order by place rows between unbounded preceding and current row) as stood_under
    from told
)
select code, name, level, parent, category, status, successor, stood_under, place, first, coalesce(next - 1, 2147483647)
from under
where next is null or next > first;

delete from core.heir;
insert into core.heir
with recursive ended as (
    select * from core.state where status <> 'open' and stood_under is not null
), quarter as (
    -- up to the last quarter with a change, which represents all later ones
    select unnest(range((select min(first) from ended), (select max(first) from core.state) + 1)) as period
), known as (
    select code, arg_max(level, place) as level, min(first) as first from core.state where status = 'open' group by code
), step as (
    select e.code, q.period, coalesce(k.code, e.stood_under) as heir
    from ended e
    join quarter q on q.period between e.first and e.last
    left join known k on k.code = e.successor and k.code <> e.code and k.first <= q.period
        and (k.level = 'union') = (e.level = 'union')
), walked as (
    select code, period, heir, 1 as depth from step
    union all
    -- the successor may have ended too; no real chain is longer than 20, and the limit ends a circular one
    select w.code, w.period, s.heir, w.depth + 1
    from walked w join step s on s.code = w.heir and s.period = w.period
    where w.depth < 20
), found as (
    select code, period, arg_max(heir, depth) as heir from walked group by code, period
), settled as (
    -- if a chain ends with no open one (two merged into each other), the parent of the organisation takes its place
    select f.code, f.period, case when l.code is null then f.heir else coalesce(u.heir, e.stood_under) end as heir
    from found f
    join ended e on e.code = f.code and f.period between e.first and e.last
    left join step l on l.code = f.heir and l.period = f.period
    left join found u on u.code = e.stood_under and u.period = f.period
), run as (
    select *, period - row_number() over (partition by code, heir order by period) as run from settled
)
select code, heir, min(period),
    case when max(period) = (select max(period) from quarter) then 2147483647 else max(period) end
from run
group by code, heir, run;

delete from core.placement;
insert into core.placement
with cut as (
    -- when a parent ends, its organisations move to the parent's heir on that day
    select *, first as since from core.state where status = 'open'
    union
    select s.*, h.first
    from core.state s join core.heir h on h.code = s.parent and h.first > s.first and h.first <= s.last
    where s.status = 'open'
    union
    select s.*, least(h.last, 2147483646) + 1
    from core.state s join core.heir h on h.code = s.parent and h.last >= s.first and h.last < s.last
    where s.status = 'open'
), part as (
    select *, coalesce(lead(since) over (partition by code, place order by since) - 1, last) as until from cut
)
select 0, p.code, p.name, p.level, coalesce(h.heir, p.parent), p.category, p.since, nullif(p.until, 2147483647)
from part p left join core.heir h on h.code = p.parent and p.since between h.first and h.last;

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

delete from core.place;
insert into core.place
with begun as (
    select code, min(first) as first, arg_min(parent, first) as parent, arg_min(node, first) as node
    from core.placement
    group by code
    union all
    -- opened and closed within one quarter, so never open at a quarter end: placed under its parent until then
    select s.code, min(h.first), arg_min(s.stood_under, s.first), null
    from core.state s join core.heir h on h.code = s.code
    where s.status <> 'open' and s.code not in (select code from core.placement)
    group by s.code
)
select code, node, first, coalesce(last, 2147483647), true from core.placement
union all
select h.code, p.node, greatest(h.first, p.first), least(h.last, coalesce(p.last, 2147483647)), false
from core.heir h
join core.placement p on p.code = h.heir and p.first <= h.last and coalesce(p.last, 2147483647) >= h.first
union all
-- before it was founded: at the first place of its first parent
select b.code, u.node, 0, b.first - 1, false
from begun b left join begun u on u.code = b.parent
where b.first > 0;

delete from core.month_place;
insert into core.month_place
with told as (
    select d.key as code, d.fields ->> 'level' as level, coalesce(d.fields ->> 'category', '') as category,
        d.fields ->> 'status' as status, t.place,
        case when d.day is null then d.first * 3 else year(d.day) * 12 + month(d.day) - 1 end as first
    from raw.record d join core.told t on t.record = d.id join core.form f on f.code = d.form
    where f.role = 'units'
), state as (
    select *, coalesce(lead(first) over (partition by code order by place), 2147483647) - 1 as last from told
), run as (
    -- one that closes within a quarter stands where it stood until the month in which it does
    select code, node, first * 3 as first,
        coalesce(lead(first) over (partition by code order by first) * 3, 2147483647) - 1 as last
    from core.placement
)
select s.code, r.node, s.level, s.category, greatest(s.first, r.first), least(s.last, r.last)
from state s
join run r on r.code = s.code and r.first <= s.last and s.first <= r.last
where s.status = 'open' and s.first <= s.last;
