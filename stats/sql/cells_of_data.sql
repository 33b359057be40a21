-- question: where do the cells stand that the item numbered $item counts for $unit in the quarters $first to $last?
-- grain: one row per cell with an id of $data, or per cell if $every, and quarter in which it counts
-- columns: submission (sha256), name and file of the original, sheet, row, column, raw, value, unit, unit_name,
--   period, own (whether it is an own total)
with own as (
    select t.datum, t.value, t.since, t.period, u.node, u.last_node
    from core.unit s
    join core.stands d on d.unit = s.node and d.item = $item
    join core.own_total t on t.unit = d.own and t.item = d.item and t.period = d.period
    join core.unit u on u.node = t.unit
    where s.code = $unit and t.since >= $first and t.period <= $last
), counted as (
    select o.datum, o.value, o.unit, o.period, false as own
    from core.observation o
    join core.unit scope on scope.code = $unit and o.unit between scope.node and scope.last_node
    where o.item = $item and o.period between $first and $last
        and not exists (
            select 1 from own t where o.period between t.since and t.period and o.unit between t.node and t.last_node)
    union all
    select datum, value, node, period, true from own
)
select
    s.sha as submission, s.name, 'inbox/' || s.file as file, r.sheet, m."row", m."column", m.raw, o.value,
    u.code as unit, u.name as unit_name, o.period, o.own
from counted o
join core.unit u on u.node = o.unit
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
join raw."return" r on r.id = d."return"
join raw.submission s on s.id = r.submission
where $every or o.datum in (select unnest($data::bigint[]))
order by o.period, o.unit, m.id;
