-- question: which rates of the county and its areas exceed their possible maximum because of the submissions
--   $submissions?
-- grain: one row per rate in the table beyond, organisation and quarter: of the numerator the heaviest row of the
--   submissions in it, of equal ones that of the last key, so that the order of files decides nothing; where the
--   denominator makes the rate so, and it was possible before, of the submissions in it the return that adds least
-- columns: indicator, place, period, the rate, and of the row: submission, sheet, form, reporter, reported (its
--   quarter), key, item, row, column, raw; of a return in a denominator key, row and column are empty and raw is what
--   it adds. The county first, then its earliest quarter. Without the submissions' own rows the rate would be possible
with own as (
    select
        y.indicator, y.place, y.node, y.period, y.above / y.whole as rate, t.submission, t.sheet, t.form, t.reporter,
        t.period as reported, d.key, y.item, m."row", m."column", m.raw, o.value, m.id,
        y.above - sum(o.value) over (partition by y.indicator, y.node, y.period) <= y.most * y.whole as pushed
    from beyond y
    join core.observation o on o.item = y.item and o.period = y.period and o.unit between y.node and y.last_node
    join raw.datum m on m.id = o.datum
    join raw.record d on d.id = m.record
    join raw."return" t on t.id = d."return"
    where t.submission in (select unnest($submissions))
), heaviest as (
    select * exclude (value, id, pushed)
    from own
    where pushed
    qualify row_number() over (partition by indicator, node, period order by value desc, key desc, id) = 1
), lowered as (
    select
        y.indicator, y.place, y.node, y.period, y.above / y.whole as rate, t.submission, t.sheet, t.form, t.reporter,
        t.period as reported, '' as key, y.item_below as item, null::integer as "row", null::integer as "column",
        format('{:.10g}', coalesce(sum(m.value), 0)) as raw, coalesce(sum(m.value), 0) as adds, min(t.id) as id
    from beyond y
    join core.item i on i.id = y.item_below
    join core.in_force s on s.form = i.form and s.node between y.node and y.last_node
        and (y.period between greatest(s.first, s.since) and least(s.last, s.until)
            or s.newest and y.period = s.first and y.period between s.since and s.until)  -- an earlier month
    join raw."return" t on t.id = s."return"
    left join raw.datum m on m.record = s.record and m.item = y.item_below  -- a row that was left out adds nothing
    where t.submission in (select unnest($submissions)) and y.complete
        and not exists (
            select 1 from was_beyond w
            where w.indicator = y.indicator and w.code = y.code and w.period = least(y.period, $known_until))
        and not exists (
            select 1 from heaviest h where h.indicator = y.indicator and h.node = y.node and h.period = y.period)
    group by all
)
select * exclude (node) from (
    select * from heaviest
    union all
    select * exclude (adds, id)
    from lowered
    qualify row_number() over (partition by indicator, node, period order by adds, reporter, form, id) = 1
)
order by node, period, rate desc;
