-- question: where do the cells stand that the item numbered $item counts for $unit in the quarters $first to $last?
-- grain: one row per cell with an id of $data, or per cell if $every, and quarter in which it counts
-- columns: submission (sha256), name and file of the original, sheet, row, column, raw, value, unit, unit_name, period
select
    s.sha as submission, s.name, 'inbox/' || s.file as file, r.sheet, m."row", m."column", m.raw, o.value,
    u.code as unit, u.name as unit_name, o.period
from core.observation o
join core.unit scope on scope.code = $unit and o.unit between scope.node and scope.last_node
join core.unit u on u.node = o.unit
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
join raw."return" r on r.id = d."return"
join raw.submission s on s.id = r.submission
where ($every or o.datum in (select unnest($data::bigint[]))) and o.item = $item and o.period between $first and $last
order by o.period, o.unit, m.id;
