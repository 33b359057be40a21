-- question: which own totals stand in the figures of each of $units, what do they replace, and who has sent his?
-- grain: one row per organisation, item, period of own totals (ending) and quarter in which they replace anything
-- columns: unit, item, ending, first, value and totals (null and 0 where none came), whole, period, instead, reported,
--   expected; $items limits the items, an empty list does not
select u.code as unit, i.code as item, p.ending, p.first, sum(t.value) as value,
    coalesce(sum(t.totals), 0)::integer as totals, coalesce(bool_or(t.whole), false) as whole, p.period,
    sum(p.instead) as instead, sum(p.reported)::integer as reported, sum(p.expected)::integer as expected
from mart.own_part p
join core.unit u on u.node = p.unit
join core.item i on i.id = p.item
left join mart.own_total t on t.unit = p.unit and t.item = p.item and t.period = p.ending
where u.code in (select unnest($units::varchar[]))
    and (len($items::varchar[]) = 0 or i.code in (select unnest($items::varchar[])))
group by u.code, i.code, p.ending, p.first, p.period
order by all;
