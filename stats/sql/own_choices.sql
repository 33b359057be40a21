-- question: where is there both an own total and something below it?
-- grain: one row per organisation, item and period, the latest first
-- columns: unit (code), unit_name, area (code), item (code), item_name, measure (code), first and last quarter, value
--   (the own total), below (what those below add up to), keep (what was decided: own, below, '' for nothing), counted
--   (whether the own total counts), reported and expected (returns of those below in the quarters it would take
--   the place of)
select u.code as unit, u.name as unit_name, u.area, i.code as item, i.name as item_name, i.measure, o.first,
    o.period as last, o.value, o.below, o.keep, o.counted,
    (select coalesce(sum(c.reported), 0) from mart.coverage c
     where c.unit = o.unit and c.form = i.form and c.period between o.since and o.period)::integer as reported,
    (select coalesce(sum(c.expected), 0) from mart.coverage c
     where c.unit = o.unit and c.form = i.form and c.period between o.since and o.period)::integer as expected
from core.own_total o
join core.unit u on u.node = o.unit
join core.item i on i.id = o.item
where o.has_below
order by o.period desc, o.unit, o.item;
