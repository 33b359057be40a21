-- question: how much of each part of a rate of two forms stands, in the quarters $first to $last, under organisations
--   that lack a return of either form?
-- grain: one row per organisation of $units, item, form of the rate's other part, and quarter in which there is
--   anything
-- columns: unit, item, beside, period, value
with pair as (
    select distinct a.item, i.form, j.form as beside
    from core.part a
    join core.part b on b.indicator = a.indicator and b.item <> a.item
    join core.item i on i.id = a.item
    join core.item j on j.id = b.item and j.form <> i.form
), thin as (
    -- only quarters in which the total lacks a return need the detailed query
    select c.form, c.period
    from mart.coverage c join core.unit u on u.node = c.unit and u.parent = ''
    where c.reported < c.expected and c.period between $first and $last and c.form in (select form from pair)
), lacking as (
    select e.form, e.period, e.node
    from thin t
    join core.expected e on e.form = t.form and e.period = t.period
    left join core.reported r on r.form = e.form and r.period = e.period and r.reporter = e.reporter
    where r.reporter is null
), scope as (
    select code, node, last_node from core.unit where code in (select unnest($units::varchar[]))
), without as (
    select distinct p.item, p.beside, o.period, o.unit, o.datum, o.value
    from core.observation o
    join pair p on p.item = o.item
    join core.ancestor a on a.node = o.unit
    join lacking l on l.node = a.ancestor and l.period = o.period and l.form in (p.form, p.beside)
    where o.period between $first and $last
)
select s.code as unit, i.code as item, w.beside, w.period, sum(w.value) as value
from without w
join scope s on w.unit between s.node and s.last_node
join core.item i on i.id = w.item
group by all;
