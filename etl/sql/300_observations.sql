-- question: what number does each item have, for which organisation, in each quarter since $since?
-- grain: one row a datum and quarter it counts in; a distinct item counts equal keys once a quarter
-- columns: period, item, unit (node), value, datum, reporter
delete from core.observation where period >= $since;
insert into core.observation
with counted as not materialized (
    select p.period, m.item, s.node as unit, m.value, m.id as datum, s.reporter, m.distinct_key
    from raw.datum m
    join core.item i on i.id = m.item
    join core.in_force s on s.record = m.record
    join core.period p
        on p.period between greatest(s.first, s.since, $since)
            and least(s.until, case when i.stock then s.last else s.first end)
)
select period, item, unit, value, datum, reporter from counted where distinct_key is null
union all
-- the first of equal keys; asked apart, because most data have no key and a window over all costs much
select period, item, unit, value, datum, reporter from counted where distinct_key is not null
qualify row_number() over (partition by period, item, distinct_key order by datum) = 1
order by period, item, unit, datum;
