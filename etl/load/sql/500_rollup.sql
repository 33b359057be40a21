-- question: what does each item add up to, for each organisation including all below it, in each quarter since $since,
--   and of forms of months in each month?
-- grain: one row per node, quarter or month, and item; only leaves are summed
-- columns: unit (node), period, item, value
delete from mart.rollup
where period >= $since and $since <= case when period < 12000 then period else period // 3 end;
insert into mart.rollup
select a.ancestor, o.period, o.item, sum(o.value)
from core.observation o join core.ancestor a on a.node = o.unit
where o.period >= $since and $since <= case when o.period < 12000 then o.period else o.period // 3 end
group by a.ancestor, o.period, o.item
order by o.period, a.ancestor, o.item;
