-- question: how much of each part of a rate of two forms stands, in each of $quarters, under organisations that lack a
--   return of either form?
-- grain: one row per organisation of $units, item, form of the rate's other part, quarter in which there is anything,
--   and period of an own total
-- columns: unit, item, beside, period, ending (the last quarter of the period of the own total that stands for these
--   organisations in the figure; null where none does), value
-- parameters: $items limits the parts, an empty list does not; $low and $high are the least and the greatest node of
--   $units and of all below them, so that only these are read
with scope as (
    select code, node, last_node from core.unit where code in (select unnest($units::varchar[]))
), pair as (
    select distinct a.item, i.form, b.item as other, j.form as beside
    from core.part a
    join core.part b on b.indicator = a.indicator and b.item <> a.item
    join core.item i on i.id = a.item
    join core.item j on j.id = b.item and j.form <> i.form
    where len($items::varchar[]) = 0 or i.code in (select unnest($items::varchar[]))
), told as (
    select form from pair
    union
    select beside from pair
), quarter as (
    select unnest($quarters::integer[]) as period
), above as materialized (
    select distinct a.ancestor as node from scope s join core.ancestor a on a.node = s.node
), gap as materialized (
    -- where a return is lacking at all, as the counts of the county say
    select distinct c.form, c.period
    from mart.coverage c
    where c.unit in (select node from core.unit where parent = '') and c.period in (select period from quarter)
        and c.form in (select form from told) and c.reported < c.expected
), lacking as (
    select form, period, node
    from core.expected
    where node between $low and $high and period in (select period from gap) and form in (select form from gap)
    except
    select form, period, node
    from core.reported
    where node between $low and $high and period in (select period from gap) and form in (select form from gap)
    union
    -- a return of one above stands for all below it
    (select form, period, node
    from core.expected
    where node in (select node from above) and period in (select period from gap) and form in (select form from gap)
    except
    select form, period, node
    from core.reported
    where node in (select node from above) and period in (select period from gap) and form in (select form from gap))
), lacking_each as (
    -- a year that lacks lacks in each of its quarters
    select l.form, unnest(range(l.period - greatest(f.months // 3, 1) + 1, l.period + 1))::integer as period, l.node
    from lacking l join core.form f on f.code = l.form
), under as (
    select distinct l.form, l.period, a.node
    from lacking_each l join core.ancestor a on a.ancestor = l.node
), without as (
    select distinct p.item, p.beside, p.form, o.period, o.unit, o.datum, o.value
    from under l
    join pair p on l.form in (p.form, p.beside)
    join core.observation o on o.item = p.item and o.period = l.period and o.unit = l.node
    where o.unit between $low and $high and o.period in (select period from quarter)
), own as (
    select d.unit, t.item, t.since, t.period, u.node, u.last_node
    from core.stands d
    join core.own_total t on t.unit = d.own and t.item = d.item and t.period = d.period
    join core.unit u on u.node = d.own
)
select s.code as unit, i.code as item, w.beside, w.period, max(t.period) as ending, sum(w.value) as value
from without w
join scope s on w.unit between s.node and s.last_node
join core.item i on i.id = w.item
left join own t
    on t.unit = s.node and t.item = w.item and w.period between t.since and t.period and w.unit between t.node and t.last_node
where not exists (
    -- those for whom the other part has an own total lack nothing, where all of them are in this part
    select 1
    from own n
    join pair p on p.item = w.item and p.beside = w.beside and p.other = n.item
    join mart.coverage c on c.unit = n.node and c.form = w.form and c.period = w.period and c.reported >= c.expected
    where n.unit = s.node and w.period between n.since and n.period and w.unit between n.node and n.last_node)
group by s.code, i.code, w.beside, w.period, t.period;
