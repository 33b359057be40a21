-- question: what is each part of $indicators for $unit in each quarter from $first to $last?
-- grain: one row an indicator, part and quarter in which anyone reported it
-- columns: indicator, period, role, value
select part.indicator, p.period, part.role,
    case when i.zero_when_reported then coalesce(sum(r.value), 0) else sum(r.value) end as value
from core.part part
join core.item i on i.id = part.item
join core.form f on f.code = i.form
join core.period p on p.period between $first and $last
join core.unit u on u.code = $unit
left join mart.rollup r on r.unit = u.node and r.period = p.period and r.item = i.id
where part.indicator in (select unnest($indicators::varchar[]))
    and exists (
        select 1 from mart.coverage c
        join core.unit cu on cu.node = c.unit and (case when f.by_county then cu.parent = '' else cu.code = $unit end)
        where c.form = i.form and c.period = p.period and c.reported > 0)
group by part.indicator, p.period, part.role, i.zero_when_reported
order by part.indicator, p.period, part.role desc;
