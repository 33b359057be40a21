-- question: how many returns of certain forms were received, at and below each of $units, each in its own quarters?
-- grain: one row per organisation, form and quarter in which a return was expected
-- columns: unit, form, period, reported, expected
-- parameters: $codes (of forms) and $quarters, of equal length, are the pairs that are read; $low and $high are the least
--   and the greatest node of $units and of all below them, so that only these are read
with asked as (
    select unnest($codes::varchar[]) as form, unnest($quarters::integer[]) as period
)
select u.code as unit, c.form, c.period, sum(c.reported)::integer as reported, sum(c.expected)::integer as expected
from mart.coverage c
join core.unit u on u.node = c.unit
join asked a on a.form = c.form and a.period = c.period
where u.code in (select unnest($units::varchar[])) and c.unit between $low and $high
    and c.period in (select period from asked)
group by all;
