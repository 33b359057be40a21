-- question: what number does each item have, for which organisation, in each quarter since $since?
-- grain: one row a datum and quarter it counts in; a distinct item counts equal keys once a quarter
-- columns: period, item, unit (node), value, datum, reporter
delete from core.observation where period >= $since;
insert into core.observation
with followed as (
    -- in a register the next row of the same key ends the one before
    select d.id, lead(d.first) over (partition by d.form, d.key order by d.first, a.submission, d.id) as next
    from raw.record d
    join core.active a on a.id = d."return"
    join core.form f on f.code = d.form and f.until_next
), span as materialized (
    select
        d.id, d.unit, case when f.roster then d.unit else a.reporter end as reporter, d.first,
        least(coalesce(d.last, 2147483647), coalesce(n.next - 1, 2147483647)) as last
    from raw.record d
    join core.active a on a.id = d."return"
    join core.form f on f.code = d.form
    left join followed n on n.id = d.id
), counted as not materialized (
    select p.period, m.item, s.unit, m.value, m.id as datum, s.reporter, m.distinct_key
    from raw.datum m
    join core.item i on i.id = m.item
    join span s on s.id = m.record
    join core.period p
        on p.period >= $since and p.period >= s.first and p.period <= case when i.stock then s.last else s.first end
), once as (
    -- the first of equal keys; asked apart, because most data have no key and a window over all costs much
    select * from counted where distinct_key is null
    union all
    select * from counted where distinct_key is not null
    qualify row_number() over (partition by period, item, distinct_key order by datum) = 1
), last_parent as (
    -- an organisation closed meanwhile: what is still counted of it counts under its last parent
    select code, max_by(parent, first) as parent from core.placement group by code
)
select o.period, o.item, coalesce(l.node, u.node) as unit, o.value, o.datum, o.reporter
from once o
left join core.placement l on l.code = o.unit and l.first <= o.period and (l.last is null or l.last >= o.period)
left join last_parent on l.node is null and last_parent.code = o.unit
left join core.unit u on u.code = last_parent.parent
order by o.period, o.item, unit, o.datum;
