-- question: of which periods are there own totals that count, item by item?
-- grain: one row per item and period
-- columns: item (code), first and last quarter, since: the first that has to be read for it to count
select distinct i.code as item, o.first, o.since, o.period as last
from core.own_total o join core.item i on i.id = o.item
where o.counted
order by all;
