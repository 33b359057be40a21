-- question: which rates of the county and its areas lie above what is possible now?
-- grain: core's rates ($rates, at most $most) by organisation and quarter
-- columns: indicator, its greatest value, the items of its parts, the organisation, period, what stands above and the
--   whole below; while returns are missing that the whole is made of, it is taken larger in proportion, and is not
--   complete
create or replace temp table beyond as
with rule as (
    select unnest($rates) as indicator, unnest($most::double[]) as most
), part_of as (
    select r.indicator, r.most, above.item as above, below.item as below, i.form as form_above, j.form as form_below,
        g.months as months_below
    from rule r
    join core.part above on above.indicator = r.indicator and above.role = 'numerator'
    join core.part below on below.indicator = r.indicator and below.role = 'denominator'
    join core.item i on i.id = above.item
    join core.item j on j.id = below.item
    -- in one quarter a year's number is not held against a quarter's
    join core.form f on f.code = i.form
    join core.form g on g.code = j.form and greatest(g.months, 3) = greatest(f.months, 3)
), rate as (
    select
        p.indicator, p.most, p.above as item, p.below as item_below, u.node, u.last_node, u.code, u.name as place,
        a.period, a.value as above,
        b.value * case
            when p.form_above <> p.form_below and c.reported > 0 then c.expected / c.reported else 1
        end as whole,
        coalesce(c.reported >= c.expected, true) as complete
    from part_of p
    join mart.rollup a on a.item = p.above
    join mart.rollup b on b.item = p.below and b.unit = a.unit and b.period = a.period and b.value > 0
    join core.unit u on u.node = a.unit and u.level <> 'union'
    left join mart.coverage c on c.unit = a.unit and c.form = p.form_below and c.period = a.period
    -- of a quarter, not of a month alone: what one month of it adds up to tells nothing of the others
    where a.period < 12000
        and (p.form_above = p.form_below or p.months_below >= 3 or c.reported >= c.expected)
)
select * from rate where above > most * whole * 1.000001;
