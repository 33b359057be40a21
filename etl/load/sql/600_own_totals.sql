-- question: which own totals of areas and of the county are there, which count, and for whom do they stand?
-- grain: core.own_total one row per organisation, item and period (the one told last); core.stands one row per
--   organisation, item, period and own total that stands in its figure: its own, else the uppermost ones below it
-- columns: first and period are the first and the last quarter the number is of, since the first in which it replaces
--   what is below: of a stock the last. before is what an earlier row of the same period said, under is what the
--   returns below add up to, below that with the own totals below it, keep the decision between the two (own, below,
--   '' for none). An own total counts unless somebody decided for what is below and there is any
delete from core.own_total;
insert into core.own_total
with said as (
    select d.unit as code, d.first as period, f.row_quarters as length, f.code as form, m.item, m.value, m.id as datum,
        coalesce(t.place, 0) as place
    from core.form f
    join core.active a on a.form = f.code
    join core.record d on d."return" = a.id
    join raw.datum m on m.record = d.id
    left join core.told t on t.record = d.id
    where f.totals
), latest as (
    -- a later row that leaves a number blank takes none back
    select *, lag(value) over (partition by code, item, period order by place, datum) as before
    from said
    qualify row_number() over (partition by code, item, period order by place desc, datum desc) = 1
), opened as (
    select code, min(first) as since from core.placement where code in (select code from latest) group by code
), own as (
    -- what is of a time before the register stands where the organisation stood first
    select p.node as unit, l.code, l.item, l.form, l.period - l.length + 1 as first, l.period,
        case when i.stock then l.period else l.period - l.length + 1 end as since, l.value, l.datum, l.before,
        i.code as named
    from latest l
    join opened o on o.code = l.code
    join core.placement p
        on p.code = l.code and greatest(l.period, o.since) between p.first and coalesce(p.last, 2147483647)
    join core.item i on i.id = l.item
), beneath as (
    select o.unit, o.item, o.period, sum(r.value) as value
    from own o
    join mart.rollup r on r.unit = o.unit and r.item = o.item and r.period between o.since and o.period
    group by o.unit, o.item, o.period
), lower as (
    select distinct a.ancestor as unit, o.item, o.period
    from own o join core.ancestor a on a.node = o.unit and a.ancestor <> o.unit
)
select o.unit, o.code, o.item, o.form, o.first, o.period, o.since, o.value, o.datum, o.before, coalesce(b.value, 0),
    b.unit is not null or l.unit is not null, coalesce(b.value, 0), coalesce(k.keep, ''),
    not (coalesce(k.keep, '') = 'below' and (b.unit is not null or l.unit is not null))
from own o
left join beneath b on b.unit = o.unit and b.item = o.item and b.period = o.period
left join lower l on l.unit = o.unit and l.item = o.item and l.period = o.period
left join core.kept_total k on k.unit = o.code and k.item = o.named and k.period = o.period
order by o.item, o.period, o.unit;

create or replace temp table next_below as
with above as (
    select c.item, c.period, c.unit as own, a.ancestor as unit, c.value, c.under
    from core.own_total c join core.ancestor a on a.node = c.unit and a.ancestor <> c.unit
    where c.counted
)
select w.*
from above w
where not exists (
    -- one between the two
    select 1
    from above u join core.own_total c on c.counted and c.unit = u.unit and c.item = u.item and c.period = u.period
    join core.ancestor a on a.node = u.unit and a.ancestor = w.unit
    where u.own = w.own and u.item = w.item and u.period = w.period and u.unit <> w.unit);

update core.own_total
set below = under + n.more
from (select unit, item, period, sum(value - under) as more from next_below group by unit, item, period) n
where n.unit = own_total.unit and n.item = own_total.item and n.period = own_total.period;

delete from core.stands;
insert into core.stands
select unit, unit, item, period from core.own_total where counted
union all
select n.unit, n.own, n.item, n.period
from next_below n
left join core.own_total c on c.counted and c.unit = n.unit and c.item = n.item and c.period = n.period
where c.unit is null
order by 3, 4, 1, 2;
