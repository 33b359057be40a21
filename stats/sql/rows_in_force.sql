-- question: which rows of $form count in quarter $period for $unit and meet the conditions, first by $sort?
-- grain: one row per row of a return, at most $most
-- columns: record, unit, unit_name, area, area_name, fields (JSON), submission, name and file of the original, sheet,
--   reporter, row and column (of one of its cells that is counted, null when none is), raw, count and total (of all,
--   not only $most)
-- parameters: $conditions name a column and the codes it may hold; rows whose column $by (their organisation where it is
--   null) holds one of $others, or that began before quarter $since, are left out; $date must lie in $from to $until
--   when it is not null, or be blank when $undated; a row is left out where another one dated later holds the same in
--   all of $renewed, none of which may be blank; $short_of must be more than $short_by when it is not null, and then the
--   difference is what is summed and sorted by; $ended must be blank or later than $as_of when it is not null,
--   and where it is blank no code of $done_if may say that it has come
with told as (
    select s.record, s."return", s.key, s.node, s.unit, s.fields, $period >= s.first as begun, r.period
    from core.unit scope
    join core.in_force s on s.node between scope.node and scope.last_node
    join raw."return" r on r.id = s."return"
    where scope.code = $unit and s.form = $form and s.first >= $since
        and $period <= s.last and $period between s.since and s.until
), chosen as (
    select record, "return", key, node, unit, fields, begun, try_cast(fields ->> $date as date) as day,
        list_transform($renewed::varchar[], lambda c: nullif(fields ->> c, '')) as renewed,
        try_cast(fields ->> $short_of as double) - try_cast(fields ->> $short_by as double) as short
    from told
    where (begun or len($renewed) > 0 and period <= $period)
        and len(list_filter($conditions::struct("column" varchar, codes varchar[])[],
            lambda c: list_contains(c.codes, fields ->> c."column"))) = len($conditions)
), found as (
    select * from chosen f
    where f.begun and ($date is null or f.day between $from and $until or $undated and f.day is null)
        and ($short_of is null or f.short > 0.005)
        and ($ended is null or coalesce(try_cast(f.fields ->> $ended as date) > $as_of::date,
            len(list_filter($done_if::struct("column" varchar, codes varchar[])[],
                lambda c: list_contains(c.codes, f.fields ->> c."column"))) = 0))
        and not exists (select 1 from (select unnest($others::varchar[]) as value) o
            where o.value = case when $by is null then f.unit else f.fields ->> $by end)
        and (len($renewed) = 0 or not exists (select 1 from chosen later
            where later.renewed = f.renewed and list_count(f.renewed) = len($renewed) and later.day > $until))
), shown as (
    select *, count(*) over () as "count",
        sum(case when $short_of is null then try_cast(fields ->> $total as double) else short end) over () as total,
        case when $largest_first then try_cast(fields ->> $sort as double) end as size,
        case when $largest_first then null else fields ->> $sort end as word
    from found
    order by short desc nulls last, size desc nulls last, word nulls last, node, key
    limit $most
), counted as (
    select m.record, min(m."row") as "row", min(m."column") as "column", min_by(m.raw, m."column") as raw
    from raw.datum m where m.record in (select record from shown)
    group by m.record
)
select
    f.record, u.code as unit, u.name as unit_name, coalesce(u.area, '') as area, coalesce(area.name, u.name) as area_name, f.fields,
    r.reporter, s.sha as submission, s.name, 'inbox/' || s.file as file, r.sheet, c."row", c."column", c.raw, f."count",
    f.total
from shown f
join core.unit u on u.node = f.node
left join core.unit area on area.code = u.area
join raw."return" r on r.id = f."return"
join raw.submission s on s.id = r.submission
left join counted c on c.record = f.record
order by f.short desc nulls last, f.size desc nulls last, f.word nulls last, f.node, f.key;
