-- question: what do items add up to for each of $units, now and before, from those whose own return was received both
--   times?
-- grain: one row per organisation and number of $asked
-- columns: unit, asked, now, before; for counts of rows, no row means 0 if the returns were received
-- parameters: $low and $high are the least and the greatest node of $units and of all below them, so that only these
--   are read; $asked numbers the questions; $item (ids), $now and $before, of equal length, are the pairs of quarters
--   that are compared for it
with below as materialized (
    select u.code as unit, a.node
    from core.unit u join core.ancestor a on a.ancestor = u.node
    where u.code in (select unnest($units::varchar[]))
), slot as (
    select p.asked, p.item, i.zero_when_reported as zero, i.form, f.by_county, p.now_period, p.before_period
    from (
        select unnest($asked::integer[]) as asked, unnest($item::integer[]) as item,
            unnest($now::integer[]) as now_period, unnest($before::integer[]) as before_period
    ) p
    join core.item i on i.id = p.item
    join core.form f on f.code = i.form
), pair as (
    select distinct form, by_county, now_period, before_period from slot
), told as materialized (
    -- an organisation that moved between the two has a node for each
    select distinct b.unit, r.form, r.period, r.reporter
    from below b join core.reported r on r.node = b.node
    where r.form in (select form from pair where not by_county)
        and r.period in (select unnest($now::integer[] || $before::integer[])) and r.node between $low and $high
), placed as (
    select n.unit, p.form, p.now_period, p.before_period, n.reporter
    from pair p
    join told n on n.form = p.form and n.period = p.now_period
    join told b on b.form = p.form and b.period = p.before_period and b.unit = n.unit and b.reporter = n.reporter
    where not p.by_county
    union all
    select u.unit, p.form, p.now_period, p.before_period, n.reporter
    from pair p
    join core.reported n on n.form = p.form and n.period = p.now_period
    join core.reported b on b.form = p.form and b.period = p.before_period and b.reporter = n.reporter
    cross join (select distinct unit from below) u
    where p.by_county
), counted as (
    select p.unit, t.asked, sum(o.value) filter (where o.period = t.now_period) as now,
        sum(o.value) filter (where o.period = t.before_period) as before
    from core.observation o
    join below s on s.node = o.unit
    join slot t on t.item = o.item and o.period in (t.now_period, t.before_period)
    join placed p
        on p.form = t.form and p.now_period = t.now_period and p.before_period = t.before_period
            and p.reporter = o.reporter and p.unit = s.unit
    where o.unit between $low and $high and o.period between least(list_min($now::integer[]), list_min($before::integer[]))
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
