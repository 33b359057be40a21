-- question: what number does each item have, for which organisation, in each quarter since $since?
-- grain: one row per datum and quarter it counts in; a distinct item counts the newest row in force of a key once a
--   quarter
-- columns: period, item, unit (node), value, datum, reporter; a datum with quarters of its own counts in those and not
--   in its row's
delete from core.observation where period >= $since;
insert into core.observation
with counted as not materialized (
    select p.period, m.item, s.node as unit, m.value, m.id as datum, s.reporter, m.distinct_key, s.record, s.first
    from raw.datum m
    join core.item i on i.id = m.item
    join core.form f on f.code = i.form
    -- a row of a ledger that a later one corrects is no event of its own
    join core.in_force s on s.record = m.record and (i.stock or s.newest or f.standing)
    join core.period p
        on p.period between
            greatest(case when i.stock then s.first end, coalesce(m.first, s.first), s.since, $since)
            and least(s.until, case when i.stock then least(s.last, m.last) else coalesce(m.first, s.first) end)
)
select period, item, unit, value, datum, reporter from counted where distinct_key is null
union all
-- the newest row of a key, by day and then by the quarter it was reported for; if both are equal the greatest
-- number, never the order of rows or files; a separate query, because most data have no key and a window over all
-- of them is slow
select c.period, c.item, c.unit, c.value, c.datum, c.reporter
from counted c
join raw.record d on d.id = c.record
join core.active a on a.id = d."return"
where c.distinct_key is not null
qualify row_number() over (
    partition by c.period, c.item, c.distinct_key
    order by c.first desc, d.day desc nulls last, a.period desc, c.value desc, d.key desc, c.unit, c.datum desc
) = 1
-- an organisation and all below it lie together, so that what is asked about them is read alone
order by period, unit, item, datum;
