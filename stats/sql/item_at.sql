-- question: what do $items add up to for $unit at and below it, in each quarter from $first to $last?
-- grain: one row an item and quarter in which anyone reported its form
-- columns: item, period, value (null when nobody reported a number and a blank is no zero), reported, expected (returns)
select i.code as item, c.period,
    case when i.zero_when_reported and c.reported > 0 then coalesce(sum(r.value), 0) else sum(r.value) end as value,
    c.reported, c.expected
from core.item i
join core.form f on f.code = i.form
join (
    select u.code, f.code as form, c.period, sum(c.expected)::integer as expected, sum(c.reported)::integer as reported
    from core.form f
    join core.unit u on case when f.by_county then u.parent = '' else u.code = $unit end
    join mart.coverage c on c.unit = u.node and c.form = f.code and c.period between $first and $last
    group by u.code, f.code, c.period
) c on c.form = i.form and c.reported > 0
left join mart.rollup r on r.item = i.id and r.period = c.period
    and r.unit in (select node from core.unit where code = $unit)
where i.code in (select unnest($items::varchar[]))
group by i.code, c.period, i.zero_when_reported, c.reported, c.expected
order by i.code, c.period;
