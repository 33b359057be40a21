-- question: which rows of $form count in quarter $period for $unit and meet the conditions, first by $sort?
-- grain: one row a row of a return, at most $most
-- columns: unit, unit_name, area, area_name, fields (JSON), submission, name and file of the original, sheet, reporter,
--   row and column (of one of its cells that is counted, null when none is), raw, count and total (of all, not only $most)
-- parameters: $column and $code, of equal length, name the codes a column may hold; the same of $lacking_form, which
--   must have no such row in quarter $lacking_period with the same $by ('' asks for none); rows that began before quarter $since are left
--   out; $date must lie in $from to $until when it is not null; $short_of must be more than $short_by when it is not null, and what is lacking
--   is then what is added up and sorted by
with scope as (
    select node, last_node from core.unit where code = $unit
), asked as (
    select unnest($column::varchar[]) as "column", unnest($code::varchar[]) as code
), asked_of_other as (
    select unnest($lacking_column::varchar[]) as "column", unnest($lacking_code::varchar[]) as code
), state as (
    select d.id, d.form, d.unit, d.key, d.fields, d.first, a.submission, a.reporter, r.sheet,
        case when f.until_next
            then least(
                coalesce(d.last, 2147483647),
                coalesce(lead(d.first) over (partition by d.form, d.key order by d.first, a.submission, d.id) - 1,
                    2147483647))
            else coalesce(d.last, 2147483647) end as last
    from raw.record d
    join core.active a on a.id = d."return"
    join raw."return" r on r.id = a.id
    join core.form f on f.code = d.form
    where d.form in ($form, $lacking_form)
), other as (
    select distinct s.fields ->> $by as by_value
    from state s
    where s.form = $lacking_form and $lacking_period::integer between s.first and s.last
        and (select count(distinct q."column") from asked_of_other q where q.code = s.fields ->> q."column")
            = (select count(distinct q."column") from asked_of_other q)
), last_parent as (
    select code, max_by(parent, first) as parent from core.placement group by code
), placed as (
    select s.*, coalesce(l.node, u.node) as node
    from state s
    left join core.placement l
        on l.code = s.unit and l.first <= $period and (l.last is null or l.last >= $period)
    left join last_parent on l.node is null and last_parent.code = s.unit
    left join core.unit u on u.code = last_parent.parent
    where s.form = $form and $period::integer between s.first and s.last and s.first >= $since::integer
), found as (
    select p.*
    from placed p join scope on p.node between scope.node and scope.last_node
    where (select count(distinct q."column") from asked q where q.code = p.fields ->> q."column")
            = (select count(distinct q."column") from asked q)
        and ($lacking_form = '' or coalesce(p.fields ->> $by, '') = ''
            or p.fields ->> $by not in (select by_value from other where by_value is not null))
        and ($short_of is null or try_cast(p.fields ->> $short_of as double)
            - try_cast(p.fields ->> $short_by as double) > 0.005)
        and ($date is null or try_cast(p.fields ->> $date as date) between $from::date and $until::date)
), counted as (
    select m.record, min(m."row") as "row", min(m."column") as "column", min_by(m.raw, m."column") as raw
    from raw.datum m where m.record in (select id from found)
    group by m.record
)
select
    u.code as unit, coalesce(own.name, u.name) as unit_name, coalesce(u.area, '') as area,
    coalesce(area.name, u.name) as area_name, f.fields, f.reporter,
    s.sha as submission, s.name, 'inbox/' || s.file as file, f.sheet, c."row", c."column", c.raw,
    count(*) over () as "count",
    sum(case when $short_of is null then try_cast(f.fields ->> $total as double)
        else try_cast(f.fields ->> $short_of as double) - try_cast(f.fields ->> $short_by as double)
        end) over () as total
from found f
join core.unit u on u.node = f.node
left join core.unit own on own.code = f.unit and own.node = f.node
left join core.unit area on area.code = u.area
join raw.submission s on s.id = f.submission
left join counted c on c.record = f.id
order by
    try_cast(f.fields ->> $short_of as double) - try_cast(f.fields ->> $short_by as double) desc nulls last,
    case when $largest_first then try_cast(f.fields ->> $sort as double) end desc nulls last,
    case when $largest_first then null else f.fields ->> $sort end nulls last,
    u.node, f.key
limit $most;
