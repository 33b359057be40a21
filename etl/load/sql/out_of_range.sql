-- question: which rates of the county and its areas lie above what is possible because of the submissions $submissions?
-- grain: one row a rate ($rates, at most $most), organisation and quarter: the heaviest row of the submissions in it, of
--   equal ones that of the last key, so that the order of files decides nothing
-- columns: indicator, place, period, the rate, and of the row: submission, sheet, form, reporter, reported (its quarter),
--   key, item, row, column, raw; the county first, then its earliest quarter. Without the submissions' own rows the rate
--   would be possible; while returns are missing that the whole is made of, the whole is taken larger in proportion
with rule as (
    select unnest($rates) as indicator, unnest($most::double[]) as most
), part_of as (
    select r.indicator, r.most, above.item as above, below.item as below, i.form as form_above, j.form as form_below
    from rule r
    join core.part above on above.indicator = r.indicator and above.role = 'numerator'
    join core.part below on below.indicator = r.indicator and below.role = 'denominator'
    join core.item i on i.id = above.item
    join core.item j on j.id = below.item
), rate as (
    select
        p.indicator, p.most, p.above as item, u.node, u.last_node, u.name as place, a.period, a.value as above,
        b.value * case
            when p.form_above <> p.form_below and c.reported > 0 then c.expected / c.reported else 1
        end as whole
    from part_of p
    join mart.rollup a on a.item = p.above
    join mart.rollup b on b.item = p.below and b.unit = a.unit and b.period = a.period and b.value > 0
    join core.unit u on u.node = a.unit and u.level <> 'union'
    left join mart.coverage c on c.unit = a.unit and c.form = p.form_below and c.period = a.period
), beyond as (
    select * from rate where above > most * whole * 1.000001
), own as (
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
)
select
    indicator, place, period, rate, submission, sheet, form, reporter, reported, key, item, "row", "column", raw
from own
where pushed
qualify row_number() over (partition by indicator, node, period order by value desc, key desc, id) = 1
order by node, period, rate desc;
