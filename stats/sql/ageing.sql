-- question: of the rows of $form that count in quarter $period for $unit, meet the conditions and are not done by
--   $until, how many are dated within each of $bands, and what do they come to?
-- grain: one row per band and code of the column $by
-- columns: band (its number from 1; 0 for rows without a date; -1 for rows done on a day that is not known), code (""
--   where $by is null or blank), count, total (sum of the column $total, null where that is null), oldest (the earliest
--   day), records (the ids of the rows, null unless $listed)
-- parameters: $date and $done name date columns, $done may be null, and where it is blank the codes in $done_if say that
--   it has come nevertheless; $conditions name a column and the codes it may hold;
--   a row is left out where another one that counts, or was reported by then and begins later, meets the conditions
--   and is dated after the last band, holds the same in all of $renewed, none of which may be blank
with band as (
    select unnest($bands::struct("from" date, "to" date)[], recursive := true),
        unnest(range(1, len($bands) + 1)) as number
), told as (
    select s.record, s.fields, $period >= s.first as begun, r.period
    from core.unit scope
    join core.in_force s on s.node between scope.node and scope.last_node
    join raw."return" r on r.id = s."return"
    where scope.code = $unit and s.form = $form and $period <= s.last and $period between s.since and s.until
), found as (
    select d.record, d.fields, try_cast(d.fields ->> $date as date) as day, d.begun,
        list_transform($renewed::varchar[], lambda c: nullif(d.fields ->> c, '')) as renewed,
        try_cast(d.fields ->> $done as date) is null
            and len(list_filter($done_if::struct("column" varchar, codes varchar[])[],
                lambda c: list_contains(c.codes, d.fields ->> c."column"))) > 0 as undated
    from told d
    where (d.begun or d.period <= $period)
        and len(list_filter($conditions::struct("column" varchar, codes varchar[])[],
            lambda c: list_contains(c.codes, d.fields ->> c."column"))) = len($conditions)
        and ($done is null or coalesce(try_cast(d.fields ->> $done as date) > $until, true))
), later as (
    select distinct renewed from found
    where len($renewed) > 0 and list_count(renewed) = len($renewed) and day > (select max("to") from band)
)
select (case when f.undated then -1 else coalesce(band.number, 0) end)::integer as band, coalesce(f.fields ->> $by, '') as code, count(*)::integer as "count",
    sum(try_cast(f.fields ->> $total as double)) as total, min(f.day) as oldest,
    list(f.record order by f.record) filter (where $listed) as records
from found f
left join band on f.day between band."from" and band."to"
where f.begun and (band.number is not null or f.day is null) and f.renewed not in (select renewed from later)
group by all
order by all;
