-- question: how many rows of $form about $unit or one below it have their day in $from to $until, and how many of those
--   are settled?
-- grain: one row per month and area, by the rows that no later row of the same key ends or corrects
-- columns: month (1 to 12), area, area_name, unit_name (the only organisation not settled, null when there are several
--   or none), "count", settled, late (those not settled whose day is before $today)
-- parameters: $date names the day's column; a row is settled whose day $done has come, which may be null, where it is
--   blank one of the codes $done_if says so, or another row holds the same in all of $renewed, none of which may be
--   blank, and a later day; $conditions name a column and the codes it may hold
with known as (
    select s.record, s.node, s.since, s.until, try_cast(s.fields ->> $date as date) as day,
        list_transform($renewed::varchar[], lambda c: nullif(s.fields ->> c, '')) as renewed,
        try_cast(s.fields ->> $done as date) is not null
            or len(list_filter($done_if::struct("column" varchar, codes varchar[])[],
                lambda c: list_contains(c.codes, s.fields ->> c."column"))) > 0 as done
    from core.unit scope
    join core.in_force s on s.node between scope.node and scope.last_node
    where scope.code = $unit and s.form = $form and s.newest
        -- what lies before is neither asked for nor later than anything that is
        and try_cast(s.fields ->> $date as date) >= $from
        and len(list_filter($conditions::struct("column" varchar, codes varchar[])[],
            lambda c: list_contains(c.codes, s.fields ->> c."column"))) = len($conditions)
), last_day as (
    select renewed, max(day) as day from known
    where len($renewed) > 0 and list_count(renewed) = len($renewed)
    group by renewed
), due as (
    select k.node, k.day, k.done or coalesce(l.day > k.day, false) as settled
    from known k left join last_day l on l.renewed = k.renewed
    where k.day between $from and $until
        and extract(year from k.day) * 4 + extract(quarter from k.day) - 1 between k.since and k.until
)
select extract(month from d.day)::integer as month, coalesce(area.code, u.code) as area, coalesce(area.name, u.name) as area_name,
    case when count(distinct u.code) filter (where not d.settled) = 1 then min(u.name) filter (where not d.settled) end
        as unit_name,
    count(*)::integer as "count", count(*) filter (where d.settled)::integer as settled,
    count(*) filter (where not d.settled and d.day < $today)::integer as late
from due d
join core.unit u on u.node = d.node
left join core.unit area on area.code = u.area
group by month, coalesce(area.code, u.code), coalesce(area.name, u.name)
order by month, "count" desc, area;
