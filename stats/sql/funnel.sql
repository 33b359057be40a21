-- question: of the rows of $form dated $first to $last, how many had reached each of $stages (date columns) by $until?
-- grain: one row per stage
-- columns: stage, reached, timed (rows with both the day of the stage and of the one before), days (median between the
--   two), late (timed, but after more than the stage's days of $limits), waiting (the stage before was reached longer
--   ago than that, this one and all later ones were not), skipped (a later stage reached without this one), backwards
--   (dated before the stage before), records (the ids of the rows counted as $listed, null where that is ''). Days after $until are treated as unknown. $limits holds null where no limit is
--   set. $conditions name a column and the codes it may hold; only rows of $unit and below it count.
with scope as (
    select node, last_node from core.unit where code = $unit
), chosen as (
    select s.record, list_transform($stages::varchar[], lambda stage:
        case when try_cast(s.fields ->> stage as date) <= $until::date then try_cast(s.fields ->> stage as date) end
        ) as days
    from core.in_force s
    join scope on s.node between scope.node and scope.last_node
    where s.form = $form and s.newest and s.first between $first and $last and $last between s.since and s.until
        and len(list_filter($conditions::struct("column" varchar, codes varchar[])[],
            lambda c: list_contains(c.codes, s.fields ->> c."column"))) = len($conditions)
), stage as (
    select unnest($stages::varchar[]) as stage, unnest($limits::integer[]) as "limit",
        unnest(range(1, len($stages::varchar[]) + 1)) as place
), walked as (
    select c.record, s.place, c.days[s.place] as day, case when s.place > 1 then c.days[s.place - 1] end as before,
        list_max(c.days[s.place + 1:]) is not null as gone_on
    from chosen c cross join stage s
)
select s.stage,
    count(w.day)::integer as reached,
    count(w.day - w.before)::integer as timed,
    median(w.day - w.before) as days,
    count(*) filter (where w.day - w.before > s."limit")::integer as late,
    count(*) filter (where w.day is null and not w.gone_on and $until::date - w.before > s."limit")::integer as waiting,
    count(*) filter (where w.day is null and w.gone_on)::integer as skipped,
    count(*) filter (where w.day < w.before)::integer as backwards,
    list(w.record order by w.record) filter (where case $listed
        when 'reached' then w.day is not null
        when 'timed' then w.day - w.before is not null
        when 'waiting' then w.day is null and not w.gone_on and $until::date - w.before > s."limit"
        when 'skipped' then w.day is null and w.gone_on end) as records
from stage s left join walked w on w.place = s.place
group by s.stage, s.place
order by s.place;
