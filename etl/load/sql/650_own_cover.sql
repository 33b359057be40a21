-- question: what do own totals add to each organisation's figure, what do they replace there, and who has sent his?
-- grain: mart.own_total one row per organisation, item and period with an own total in its figure; mart.own_part one
--   row for each quarter of these, and of periods of which nobody has to send returns
-- columns: first and period (ending) are the first and the last quarter it is of. whole: it is the organisation's own
--   total, else value is the sum of `totals` own totals of those below. instead: what the returns below these add up
--   to, which does not count where the whole period (ending) is read. reported and expected take the place of those
--   in mart.coverage: 1 of 1 for its own; where returns are due, the own totals and the returns of those for whom none
--   stands; else how many own totals came of those who may have one
delete from mart.own_total;
insert into mart.own_total
select s.unit, s.item, o.first, s.period, sum(o.value), count(*)::integer, bool_or(s.unit = s.own)
from core.stands s
join core.own_total o on o.unit = s.own and o.item = s.item and o.period = s.period
group by s.unit, s.item, o.first, s.period
order by s.item, s.period, s.unit;

delete from mart.own_part;
insert into mart.own_part
with quarter as (
    select s.unit, s.own, s.item, i.form, s.period as ending, unnest(range(o.since, s.period + 1))::integer as period
    from core.stands s
    join core.own_total o on o.unit = s.own and o.item = s.item and o.period = s.period
    join core.item i on i.id = s.item
), replaced as (
    select q.unit, q.item, q.form, q.ending, q.period, coalesce(sum(r.value), 0) as instead,
        coalesce(sum(c.reported), 0) as reported, coalesce(sum(c.expected), 0) as expected
    from quarter q
    left join mart.rollup r on r.unit = q.own and r.item = q.item and r.period = q.period
    left join mart.coverage c on c.unit = q.own and c.form = q.form and c.period = q.period
    group by q.unit, q.item, q.form, q.ending, q.period
), alone as (
    select distinct item, form, first, period from core.own_total
    where counted and period not in (select period from core.period)
), register as (
    select min(first) as since from core.placement
), sender as (
    select a.item, a.first, a.period, p.node
    from alone a
    join core.total_level l on l.form = a.form
    join core.placement p
        on p.level = l.level
            and greatest(a.period, (select since from register)) between p.first and coalesce(p.last, 2147483647)
), awaited as (
    -- of those below it, or of itself where there are none
    select a.ancestor as unit, s.item, s.first, s.period,
        greatest(count(*) filter (where a.ancestor <> s.node), 1)::integer as expected
    from sender s join core.ancestor a on a.node = s.node
    group by a.ancestor, s.item, s.first, s.period
)
select r.unit, r.item, m.first, r.ending, r.period, r.instead,
    case
        when m.whole then (r.period = r.ending)::integer
        when p.period is null then case when r.period = r.ending then m.totals else 0 end
        else coalesce(c.reported, 0) - r.reported + case when r.period = r.ending then m.totals else 0 end
    end::integer,
    case
        when m.whole then (r.period = r.ending)::integer
        when p.period is null
            then case when r.period = r.ending then greatest(coalesce(w.expected, 0), m.totals) else 0 end
        else coalesce(c.expected, 0) - r.expected + case when r.period = r.ending then m.totals else 0 end
    end::integer
from replaced r
join mart.own_total m on m.unit = r.unit and m.item = r.item and m.period = r.ending
left join core.period p on p.period = r.period
left join mart.coverage c on c.unit = r.unit and c.form = r.form and c.period = r.period
left join awaited w on w.unit = r.unit and w.item = r.item and w.period = r.ending
union all
select w.unit, w.item, w.first, w.period, w.period, 0, 0, w.expected
from awaited w
left join mart.own_total m on m.unit = w.unit and m.item = w.item and m.period = w.period
where m.unit is null
order by 2, 4, 1, 5;
