-- question: what is each part of $indicators for each of $units in the quarters $first to $last?
-- grain: one row an organisation, indicator and part; as read.sql counts, without anything to compare with
-- columns: unit, indicator, role, value, reported, expected
with county as (
    select node from core.unit where parent = ''
), scope as (
    select code, node from core.unit where code in (select unnest($units::varchar[]))
), part as (
    select p.indicator, p.role, i.id as item, i.form, i.stock, i.zero_when_reported, f.by_county
    from core.part p join core.item i on i.id = p.item join core.form f on f.code = i.form
    where p.indicator in (select unnest($indicators::varchar[]))
), filed as (
    select c.form, max(c.period) as as_of
    from mart.coverage c join county on county.node = c.unit
    where c.reported > 0 and c.period between $first and $last
    group by c.form
), slot as (
    select distinct p.item, p.form, p.by_county, t.period
    from part p
    join core.period t on t.period between $first and $last
    left join filed f on f.form = p.form
    where not p.stock or t.period = f.as_of
), value as (
    select s.code, t.item, sum(r.value) as value
    from slot t
    join mart.rollup r on r.period = t.period and r.item = t.item
    join scope s on s.node = r.unit
    group by s.code, t.item
), place as (
    select code, node, false as by_county from scope
    union
    select s.code, county.node, true from scope s, county
), cover as (
    select u.code, t.item, sum(c.reported) as reported, sum(c.expected) as expected
    from slot t
    join mart.coverage c on c.form = t.form and c.period = t.period
    join place u on u.node = c.unit and u.by_county = t.by_county
    group by u.code, t.item
)
select wanted.code as unit, p.indicator, p.role,
    case when c.reported > 0 and p.zero_when_reported then coalesce(v.value, 0) else v.value end as value,
    coalesce(c.reported, 0)::integer as reported, coalesce(c.expected, 0)::integer as expected
from part p
cross join (select distinct code from scope) wanted
left join value v on v.code = wanted.code and v.item = p.item
left join cover c on c.code = wanted.code and c.item = p.item
order by p.indicator, wanted.code, p.role desc;
