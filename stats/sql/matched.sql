-- question: what do items add up to for each of $units, now and before, from those whose own return was received both
--   times?
-- grain: one row per organisation and number of $asked
-- columns: unit, asked, now, before; for counts of rows, no row means 0 if the returns were received
-- parameters: $asked numbers the questions; $item (ids), $now and $before, of equal length, are the pairs of quarters
--   that are compared for it
with scope as (
    select code, node, last_node from core.unit where code in (select unnest($units::varchar[]))
), slot as (
    select p.asked, p.item, i.zero_when_reported as zero, i.form, f.by_county, p.now_period, p.before_period
    from (
        select unnest($asked::integer[]) as asked, unnest($item::integer[]) as item,
            unnest($now::integer[]) as now_period, unnest($before::integer[]) as before_period
    ) p
    join core.item i on i.id = p.item
    join core.form f on f.code = i.form
), both_times as (
    select t.form, t.by_county, t.now_period, t.before_period, n.reporter, n.node as now_node, b.node as before_node
    from (select distinct form, by_county, now_period, before_period from slot) t
    join core.reported n on n.form = t.form and n.period = t.now_period
    join core.reported b on b.form = t.form and b.period = t.before_period and b.reporter = n.reporter
), placed as (
    -- an organisation that moved between the two has a node for each
    select distinct s.code as unit, b.form, b.now_period, b.before_period, b.reporter
    from both_times b
    join scope s on b.by_county or b.now_node between s.node and s.last_node
    join scope e on e.code = s.code and (b.by_county or b.before_node between e.node and e.last_node)
), counted as (
    select p.unit, t.asked, sum(o.value) filter (where o.period = t.now_period) as now,
        sum(o.value) filter (where o.period = t.before_period) as before
    from core.observation o
    join slot t on t.item = o.item and o.period in (t.now_period, t.before_period)
    join placed p
        on p.form = t.form and p.now_period = t.now_period and p.before_period = t.before_period
            and p.reporter = o.reporter
    join scope s on s.code = p.unit and o.unit between s.node and s.last_node
    where o.period between least(list_min($now::integer[]), list_min($before::integer[]))
        and greatest(list_max($now::integer[]), list_max($before::integer[]))
    group by p.unit, t.asked
), came as (
    select distinct p.unit, t.asked, t.zero
    from (select distinct unit, form, now_period, before_period from placed) p
    join slot t on t.form = p.form and t.now_period = p.now_period and t.before_period = p.before_period
)
select m.unit, m.asked, coalesce(c.now, case when m.zero then 0 end) as now,
    coalesce(c.before, case when m.zero then 0 end) as before
from came m left join counted c on c.unit = m.unit and c.asked = m.asked;
