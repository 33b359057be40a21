-- question: what do certain items add up to for each of $units, each in its own quarters?
-- grain: one row per organisation, item and quarter in which anyone reported a number
-- columns: unit, item, period, value
-- parameters: $codes (of items) and $quarters, of equal length, are the pairs that are read; $low and $high are the least
--   and the greatest node of $units and of all below them, so that only these are read
with asked as (
    select i.id, i.code, p.period
    from (select unnest($codes::varchar[]) as code, unnest($quarters::integer[]) as period) p
    join core.item i on i.code = p.code
)
select u.code as unit, a.code as item, r.period, sum(r.value) as value
from mart.rollup r
join core.unit u on u.node = r.unit
join asked a on a.id = r.item and a.period = r.period
where u.code in (select unnest($units::varchar[])) and r.unit between $low and $high
    and r.period in (select period from asked)
group by all;
