-- question: what would the county contain with $copies times its unions over $quarters quarters?
-- grain: adds rows to raw."return", raw.record and raw.datum; everything else is derived from them by a refresh
-- columns: see etl/load/sql/010_tables.sql
create temporary table copy as
with span as (
    select max(period) as last, max(period) - min(period) + 1 as length from core.period
)
-- how often quarters and unions are repeated, and the offset of the numbers and quarters of a copy
select
    back.range as back, again.range as again, back.range * 1000 + again.range as number,
    back.range * span.length as earlier, span.last - $quarters::integer + 1 as first, span.last - span.length + 1 as begun
from span, range(0, 1 + ($quarters::integer - 1) // span.length) back, range(0, $copies::integer) again;

create temporary table grown as
select
    d.*, c.number, f.standing as kept, f.roster, c.again, c.back, c.earlier, c.first as start, s.level = 'union' as union_row
from raw.record d
join core.form f on f.code = d.form
left join (select distinct code, level from core.placement) s on s.code = d.unit
cross join copy c
-- standing registers are not repeated over time; rows of no union occur once; few employers are repeated
where (c.back = 0 or not f.standing)
    and (c.again = 0 or s.level = 'union' or d.form = 'R00E')
    and (c.again < $employers::integer or d.form <> 'R00E');

insert into raw."return"
select distinct r.id + c.back * 10000000000000, r.submission, r.form, r.reporter, r.period - c.earlier, r.sheet, r.nil, r.act
from raw."return" r join core.form f on f.code = r.form cross join (select distinct back, earlier, first from copy) c
where c.back > 0 and not f.standing and r.period - c.earlier >= c.first;

insert into raw.datum
select
    m.id + g.number * 10000000000, m.record + g.number * 10000000000, m.item, m.value, m."row", m."column",
    case when m.distinct_key is null or g.again = 0 then m.distinct_key else m.distinct_key || '-' || g.again end, m.raw,
    m.first - g.earlier, m.last - g.earlier
from raw.datum m join grown g on g.id = m.record
where g.number > 0 and (g.kept or g.first - g.earlier >= g.start)
order by m.id + g.number * 10000000000;

insert into raw.record
select
    g.id + g.number * 10000000000, g."return" + g.back * 10000000000000, g.form,
    case when g.again > 0 and g.union_row then g.unit || '-' || g.again else g.unit end,
    g.key || case when g.again > 0 then '-' || g.again else '' end
        || case when g.back > 0 and not g.roster then '/' || g.back else '' end,
    (g.day - to_months((g.earlier * 3)::integer))::date,
    g.first - g.earlier, g.last - g.earlier,
    case when g.again = 0 then g.fields
        else regexp_replace(g.fields, '"(unit_code|unit_name|employer_code|employer_name)":"([^"]*)"',
            '"\1":"\2-' || g.again || '"', 'g') end
from grown g
where g.number > 0 and (g.kept or g.first - g.earlier >= g.start);

update raw.record
set first = (select min(first) from copy)
from core.form f
where f.code = record.form and f.standing and record.first = (select min(begun) from copy);

update raw."return"
set period = (select min(first) from copy)
from core.form f
where f.code = "return".form and f.standing and "return".period = (select min(begun) from copy);

drop table grown;
drop table copy;
