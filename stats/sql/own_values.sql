-- question: what did each organisation below $unit itself report of $item in the quarters $first to $last?
-- grain: one row per organisation that reported a number of its own
-- columns: unit, value
select u.code as unit, sum(o.value) as value
from core.unit scope
join core.item i on i.code = $item
join core.observation o on o.item = i.id and o.unit between scope.node and scope.last_node
    and o.period between $first and $last
join core.unit u on u.node = o.unit
where scope.code = $unit and u.code <> $unit
group by u.code;
