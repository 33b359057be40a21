-- question: how much of each part of a rate of two forms stands, in the quarters $first to $last, under organisations
--   that lack a return of either form?
-- grain: one row per organisation of $units, item, form of the rate's other part, and quarter in which there is
--   anything
-- columns: unit, item, beside, period, value
with scope as (
    select code, node, last_node from core.unit where code in (select unnest($units::varchar[]))
), pair as (
    select distinct a.item, i.form, j.form as beside
    from core.part a
    join core.part b on b.indicator = a.indicator and b.item <> a.item
    join core.item i on i.id = a.item
    join core.item j on j.id = b.item and j.form <> i.form
), near as (
    -- those below and above: a return of one above stands for all below it
    select u.node from core.unit u join scope s on u.node between s.node and s.last_node
    union
    select a.ancestor from scope s join core.ancestor a on a.node = s.node
), due as materialized (
    select e.form, e.period, e.node, e.reporter
    from core.expected e join near n on n.node = e.node
    where e.form in (select form from pair) and e.period between $first and $last
), lacking as (
    select d.form, d.period, d.node
    from due d
    anti join core.reported r on r.form = d.form and r.period = d.period and r.reporter = d.reporter
), under as (
    select distinct l.form, l.period, a.node
    from lacking l join core.ancestor a on a.ancestor = l.node
), without as (
    select distinct p.item, p.beside, o.period, o.unit, o.datum, o.value
    from under l
    join pair p on l.form in (p.form, p.beside)
    join core.observation o on o.item = p.item and o.period = l.period and o.unit = l.node
    where o.period between $first and $last
)
select s.code as unit, i.code as item, w.beside, w.period, sum(w.value) as value
from without w
join scope s on w.unit between s.node and s.last_node
join core.item i on i.id = w.item
group by all;
