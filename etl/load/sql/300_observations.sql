-- question: what number does each item have, for which organisation, in each quarter since $since?
-- grain: one row per datum and quarter it counts in, of forms of months also one per month; a distinct item counts the
--   newest row in force of a key once a quarter, and once a month
-- columns: period, item, unit (node), value, datum, reporter, record; a datum with quarters of its own counts in those
--   and not in its row's
delete from core.observation
where period >= $since and $since <= case when period < 12000 then period else period // 3 end;
insert into core.observation
with counted as not materialized (
    select p.period, m.item, s.node as unit, m.value, m.id as datum, s.reporter, m.distinct_key, s.record, s.first
    from raw.datum m
    join core.item i on i.id = m.item
    join core.form f on f.code = i.form
    -- a row of a ledger that a later one corrects is no event of its own
    -- an own total is no observation to be added up: its form is another one than the item's
    join core.in_force s on s.record = m.record and s.form = i.form and (i.stock or s.newest or f.standing)
    join core.period p
        on p.period between
            greatest(case when i.stock then s.first end, coalesce(m.first, s.first), s.since, $since)
            and least(s.until, case when i.stock then least(s.last, m.last) else coalesce(m.first, s.first) end)
)
select period, item, unit, value, datum, reporter, record from counted where distinct_key is null
union all
-- the newest row of a key, by day and then by the quarter it was reported for; if both are equal the greatest
-- number, never the order of rows or files; a separate query, because most data have no key and a window over all
-- of them is slow
select c.period, c.item, c.unit, c.value, c.datum, c.reporter, c.record
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

insert into core.observation
with month as (
    select unnest(range(min(period) * 3, max(period) * 3 + 3))::integer as period from core.period
), said as (
    select s.record, s.node, s.reporter, s.since, s.until, s.newest, d.day, d.key, f.roster,
        case when f.roster or d.day is null then a.period else year(d.day) * 12 + month(d.day) - 1 end as month
    from core.in_force s
    join core.form f on f.code = s.form and f.months = 1
    join raw.record d on d.id = s.record
    join core.active a on a.id = s."return"
), counted as (
    -- a stock of a roster is that of its month; what a ledger tells holds from its day on
    select p.period, m.item, s.node as unit, m.value, m.id as datum, s.reporter, s.record, m.distinct_key, s.day, s.key
    from said s
    join raw.datum m on m.record = s.record
    join core.item i on i.id = m.item and (i.stock or s.newest)
    join month p on p.period >= s.month and (p.period = s.month or i.stock and not s.roster)
    where p.period // 3 between greatest(s.since, $since) and s.until
)
select period, item, unit, value, datum, reporter, record
from counted
qualify distinct_key is null or row_number() over (
    partition by period, item, distinct_key order by day desc nulls last, value desc, key desc, unit, datum desc
) = 1
order by period, unit, item, datum;
