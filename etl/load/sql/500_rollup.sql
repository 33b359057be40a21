-- question: what does each item add up to, for each organisation including all below it, in each quarter since $since?
-- grain: one row per node, quarter and item; only leaves are summed
-- columns: unit (node), period, item, value
delete from mart.rollup where period >= $since;
insert into mart.rollup
select a.ancestor, o.period, o.item, sum(o.value)
from core.observation o join core.ancestor a on a.node = o.unit
where o.period >= $since
group by a.ancestor, o.period, o.item
order by o.period, a.ancestor, o.item;
