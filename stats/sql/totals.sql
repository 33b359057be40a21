-- question: what does each item add up to for each of $units, in each quarter from $first to $last, and
--   in each month of those?
-- grain: one row per organisation, item and quarter or month in which anyone reported a number
-- columns: unit, item, period, value
select u.code as unit, i.code as item, r.period, sum(r.value) as value
from mart.rollup r
join core.unit u on u.node = r.unit
join core.item i on i.id = r.item
where u.code in (select unnest($units::varchar[]))
    and (r.period between $first and $last or r.period between $first * 3 and $last * 3 + 2)
group by all;
