-- question: which cells does the indicator's value for $unit in the quarters $first to $last come from?
-- grain: one row a cell and quarter in which it counts
-- columns: submission (sha256), name and file of the original, sheet, row, column, raw, value, unit, unit_name, period, item
with county as (
    select node from core.unit where parent = ''
), scope as (
    select node, last_node from core.unit where code = $unit
), filed as (
    select c.form, max(c.period) as as_of
    from mart.coverage c join county on county.node = c.unit
    where c.reported > 0 and c.period between $first and $last
    group by c.form
), wanted as (
    select i.id, i.code, i.name, i.stock, f.as_of, p.role
    from core.part p join core.item i on i.id = p.item left join filed f on f.form = i.form
    where p.indicator = $indicator
)
select
    s.sha as submission, s.name, 'inbox/' || s.file as file, r.sheet, m."row", m."column", m.raw, o.value,
    u.code as unit, u.name as unit_name, o.period, w.code as item, w.name as item_name, w.role
from wanted w
join core.observation o on o.item = w.id
    and o.period between (case when w.stock then w.as_of else $first end)
        and (case when w.stock then w.as_of else $last end)
join scope on o.unit between scope.node and scope.last_node
join core.unit u on u.node = o.unit
join raw.datum m on m.id = o.datum
join raw.record d on d.id = m.record
join raw."return" r on r.id = d."return"
join raw.submission s on s.id = r.submission
order by w.role desc, o.period, o.unit, m.id;
