-- question: of the rows of $form dated $first to $last, how many had reached each of $stages (date columns) by $until?
-- grain: one row a stage
-- columns: stage, reached, timed (rows with the day of the stage and of the one before it), days (median between the
--   two), late (timed, but after more than the stage's days of $limits), waiting (the stage before reached longer ago than
--   that, this one and all later ones not), skipped (a later stage reached without this one), backwards (dated before
--   the stage before). Days after $until are not yet known. $limits holds null where no limit is set. $column and $code
--   name the codes a column may hold, as pairs; only rows of $unit and below it count.
with scope as (
    select node, last_node from core.unit where code = $unit
), asked as (
    select unnest($column::varchar[]) as "column", unnest($code::varchar[]) as code
), wanted as (
    select d.id, d.unit, d.first, d.fields
    from raw.record d
    join core.active a on a.id = d."return"
    join core.form f on f.code = d.form
    where d.form = $form
    qualify not f.until_next
        or row_number() over (partition by d.key order by d.first desc, a.submission desc, d.id desc) = 1
), last_parent as (
    select code, max_by(parent, first) as parent from core.placement group by code
), chosen as (
    select w.id, w.fields
    from wanted w
    left join core.placement l on l.code = w.unit and l.first <= $last and (l.last is null or l.last >= $last)
    left join last_parent p on l.node is null and p.code = w.unit
    left join core.unit u on u.code = p.parent
    join scope s on coalesce(l.node, u.node) between s.node and s.last_node
    where w.first between $first and $last
        and (select count(distinct q."column") from asked q where q.code = w.fields ->> q."column")
            = (select count(distinct q."column") from asked q)
), stage as (
    select unnest($stages::varchar[]) as stage, unnest($limits::integer[]) as "limit",
        unnest(range(len($stages::varchar[]))) as place
), dated as (
    select c.id, s.place, s.stage, s."limit",
        case when try_cast(c.fields ->> s.stage as date) <= $until::date then try_cast(c.fields ->> s.stage as date)
            end as day
    from chosen c cross join stage s
), walked as (
    select *, lag(day) over (partition by id order by place) as before,
        max(day) over (partition by id order by place rows between 1 following and unbounded following) is not null
            as gone_on
    from dated
)
select s.stage,
    count(w.day)::integer as reached,
    count(w.day - w.before)::integer as timed,
    median(w.day - w.before) as days,
    count(*) filter (where w.day - w.before > s."limit")::integer as late,
    count(*) filter (where w.day is null and not w.gone_on and $until::date - w.before > s."limit")::integer as waiting,
    count(*) filter (where w.day is null and w.gone_on)::integer as skipped,
    count(*) filter (where w.day < w.before)::integer as backwards
from stage s left join walked w on w.place = s.place
group by s.stage, s.place
order by s.place;
