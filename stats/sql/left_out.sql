-- question: how much of each part of a rate of two forms stands, in the quarters $first to $last, under organisations
--   that lack a return of either form?
-- grain: one row per organisation of $units, item, form of the rate's other part, and quarter in which there is
--   anything
-- columns: unit, item, beside, period, value
-- parameters: $low and $high are the least and the greatest node of $units and of all below them, so that only these
--   are read
with scope as (
    select code, node, last_node from core.unit where code in (select unnest($units::varchar[]))
), pair as (
    select distinct a.item, i.form, j.form as beside
    from core.part a
    join core.part b on b.indicator = a.indicator and b.item <> a.item
    join core.item i on i.id = a.item
    join core.item j on j.id = b.item and j.form <> i.form
), above as (
    select a.ancestor as node from scope s join core.ancestor a on a.node = s.node
), lacking as (
    select form, period, node
    from core.expected
    where node between $low and $high and period between $first and $last and form in (select form from pair)
    except
    select form, period, node
    from core.reported
    where node between $low and $high and period between $first and $last and form in (select form from pair)
    union
    -- a return of one above stands for all below it
    (select form, period, node
    from core.expected
    where node in (select node from above) and period between $first and $last and form in (select form from pair)
    except
    select form, period, node
    from core.reported
    where node in (select node from above) and period between $first and $last and form in (select form from pair))
), under as (
    select distinct l.form, l.period, a.node
    from lacking l join core.ancestor a on a.ancestor = l.node
), without as (
    select distinct p.item, p.beside, o.period, o.unit, o.datum, o.value
    from under l
    join pair p on l.form in (p.form, p.beside)
    join core.observation o on o.item = p.item and o.period = l.period and o.unit = l.node
    where o.unit between $low and $high and o.period between $first and $last
)
select s.code as unit, i.code as item, w.beside, w.period, sum(w.value) as value
from without w
join scope s on w.unit between s.node and s.last_node
join core.item i on i.id = w.item
group by all;
