-- question: how many returns of each form were received, at and below each of $units, in each quarter from $first to
--   $last, and in each month of those?
-- grain: one row per organisation, form and quarter or month in which a return was expected
-- columns: unit, form, period, reported, expected
select u.code as unit, c.form, c.period, sum(c.reported)::integer as reported, sum(c.expected)::integer as expected
from mart.coverage c
join core.unit u on u.node = c.unit
where u.code in (select unnest($units::varchar[]))
    and (c.period between $first and $last or c.period between $first * 3 and $last * 3 + 2)
group by all;
