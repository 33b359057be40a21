-- question: which of the files $since changed, or brought for the first time, what the indicator $indicator counts of $unit
--   in the quarters $first to $last?
-- grain: one row per file that did; it corrects where the same return (form, sender, period) had been received before and
--   the file holds other values of the items: as a whole one by the sums of each organisation and item against what was
--   in force, as an addition by its rows that are new or different
-- columns: submission, corrects (false where it only brought returns that had not come before)
with part as (
    select distinct i.id, i.form, f.months, f.standing
    from core.part p join core.item i on i.id = p.item join core.form f on f.code = i.form
    where p.indicator = $indicator
), sent as (
    select r.id, r.submission, r.form, r.reporter, r.period, r.act = 'supplement' as adds
    from raw."return" r
    where exists (
        select 1 from part p
        where p.form = r.form and r.period * p.months <= $last::integer * 3 + 2
            and (p.standing or (r.period + 1) * p.months > $first::integer * 3))
), fact as (
    select s.*, d.unit, d.key, m.item, sum(m.value) as value
    from sent s
    join raw.record d on d."return" = s.id
    join core.unit u on u.code = d.unit
    join core.unit w on w.code = $unit and u.node between w.node and w.last_node
    join raw.datum m on m.record = d.id
    where m.item in (select id from part)
    group by s.id, s.submission, s.form, s.reporter, s.period, s.adds, d.unit, d.key, m.item
), later as (
    select * from sent where submission in (select unnest($since::integer[]))
), earlier as (
    select l.id, e.id as other, e.adds,
        max(e.submission) filter (where not e.adds) over (partition by l.id) as whole, e.submission
    from later l
    join sent e on e.form = l.form and e.reporter = l.reporter and e.period = l.period and e.submission < l.submission
), before as (
    -- what was in force: the last whole return and what was added to it since
    select e.id, f.unit, f.key, f.item, f.value, f.submission
    from earlier e join fact f on f.id = e.other
    where e.submission >= coalesce(e.whole, 0)
    qualify row_number() over (partition by e.id, f.unit, f.key, f.item order by f.submission desc) = 1
), sums as (
    select id, unit, item, sum(value) as value from before group by id, unit, item
), own_sums as (
    select f.id, f.unit, f.item, sum(f.value) as value from fact f join later l on l.id = f.id and not l.adds
    group by f.id, f.unit, f.item
), changed as (
    select l.id
    from later l
    join (select id, unit, item from sums union select id, unit, item from own_sums) k on k.id = l.id
    left join sums s on s.id = k.id and s.unit = k.unit and s.item = k.item
    left join own_sums o on o.id = k.id and o.unit = k.unit and o.item = k.item
    where not l.adds and abs(coalesce(s.value, 0) - coalesce(o.value, 0)) > 0.005
    union
    select f.id
    from fact f
    join later l on l.id = f.id and l.adds
    left join before b on b.id = f.id and b.unit = f.unit and b.key = f.key and b.item = f.item
    where b.value is null or abs(b.value - f.value) > 0.005
)
select l.submission, bool_or(l.id in (select id from earlier)) as corrects
from later l
where case when l.id in (select id from earlier) then l.id in (select id from changed)
    else l.id in (select id from fact) end
group by l.submission;
