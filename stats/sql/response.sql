-- question: how long did the rows of $form take from $start to $end (dates or moments), how many in time, what is open?
-- grain: one row per code of the column $by, or where $by is null per direct child of $unit ($unit itself for what is
--   about it), and one for all together, whose key is null
-- columns: key, begun (in the span), done (in the span), median and p90 (hours or days that the done ones took; p90 is
--   what nine in ten took at most), due (whose outcome became known in the span: done in time, or the limit ran out),
--   in_time (of the due), open and overdue (at the end, whenever begun), longest (hours or days that the oldest open one
--   has waited), backwards (done before it began), undated (done on a day that is not known: $end is blank, but the codes
--   in $done_if say so); the last two are left out of all else; records (the ids of the rows counted as $listed, the
--   name of a column, null where that is '')
-- parameters: the span is from $begin until before $until, and only rows of quarters up to $last count; a row's limit,
--   in units of $unit_seconds, is $limit, or that of its code in the column $limit_by ($codes, $limits), or the time in
--   the column $bound; it has run out $grace seconds after it. $conditions name a column and the codes it may hold.
--   Only rows of $unit and below it count. What happened later than the span is treated as unknown.
with scope as (
    select node, last_node from core.unit where code = $unit
), told as (
    select s.record, s.node, s.fields
    from core.in_force s
    join scope on s.node between scope.node and scope.last_node
    where s.form = $form and s.newest and s.first <= $last and $last between s.since and s.until
), found as (
    select
        d.record,
        case when $by is not null then coalesce(d.fields ->> $by, '') else coalesce(child.code, $unit) end as key,
        try_cast(d.fields ->> $start as timestamp) as begun_at,
        try_cast(d.fields ->> $end as timestamp) as ended_at,
        coalesce($limit::double, list_extract($limits::double[], list_position($codes::varchar[], d.fields ->> $limit_by)))
            as size,
        try_cast(d.fields ->> $bound as timestamp) as bound_at,
        len(list_filter($done_if::struct("column" varchar, codes varchar[])[],
            lambda c: list_contains(c.codes, d.fields ->> c."column"))) > 0 as known_done
    from told d
    left join core.unit child on child.parent = $unit and d.node between child.node and child.last_node
    where len(list_filter($conditions::struct("column" varchar, codes varchar[])[],
            lambda c: list_contains(c.codes, d.fields ->> c."column"))) = len($conditions)
), timed as (
    select
        record, key, begun_at, case when ended_at < $until::timestamp then ended_at end as ended_at,
        coalesce(bound_at, begun_at + to_microseconds((size * $unit_seconds * 1000000)::bigint)) as limit_at,
        coalesce(ended_at < begun_at and ended_at < $until::timestamp, false) as backward,
        known_done and found.ended_at is null as undated
    from found
    where begun_at < $until::timestamp
), judged as (
    select
        *,
        epoch(ended_at - begun_at) / $unit_seconds as took,
        coalesce(ended_at <= limit_at, false) as kept,
        case when ended_at <= limit_at then ended_at else limit_at + to_seconds($grace) end as known_at,
        ended_at is null as waits,
        coalesce(limit_at + to_seconds($grace) < $until::timestamp, false) as lapsed
    from timed
)
select
    key,
    count(*) filter (where not backward and not undated and begun_at >= $begin::timestamp)::integer as begun,
    count(*) filter (where not backward and not undated and ended_at >= $begin::timestamp)::integer as done,
    median(took) filter (where not backward and not undated and ended_at >= $begin::timestamp) as "median",
    quantile_disc(took, 0.9) filter (where not backward and not undated and ended_at >= $begin::timestamp) as p90,
    count(*) filter (where not backward and not undated and known_at >= $begin::timestamp and known_at < $until::timestamp)::integer as due,
    count(*) filter (where not backward and not undated and kept and known_at >= $begin::timestamp)::integer as in_time,
    count(*) filter (where waits and not undated)::integer as "open",
    count(*) filter (where waits and not undated and lapsed)::integer as overdue,
    max(case when waits and not undated then (epoch($until::timestamp - begun_at) - $grace) / $unit_seconds end) as longest,
    count(*) filter (where backward)::integer as backwards,
    count(*) filter (where undated)::integer as undated,
    list(record order by record) filter (where not undated and case $listed
        when 'done' then not backward and ended_at >= $begin::timestamp
        when 'due' then not backward and known_at >= $begin::timestamp and known_at < $until::timestamp
        when 'open' then waits
        when 'overdue' then waits and lapsed end) as records
from judged
group by grouping sets ((key), ())
order by key nulls first;
