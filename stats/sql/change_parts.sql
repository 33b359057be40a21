-- question: why did $item of $unit move from the end of quarter or month $before to the end of $now?
-- grain: one row per part and organisation, of each part the $most with the largest change
-- columns: part (growth: their own return was received at both ends; founded, ended: in the register at one end only;
--   late, caught_up: expected at both ends and reported at one; asked: expected at one end only, or reported unasked;
--   moved_in, moved_out: counted in another area then or now; elsewhere: counted without being in the register), total
--   (the whole part's sum), organisations (the whole part's count), moved (those whose number changed), corrected (how
--   much of the total later returns of the same quarter brought), unit, unit_name, value. All parts go by the numbers
--   in force.
with wanted as (
    select id, form, zero_when_reported as zero from core.item where code = $item
), scope as (
    select node, last_node from core.unit where code = $unit
), moment as (
    select 'then' as at, $before::integer as period,
        case when $before < 12000 then $before else $before // 3 end::integer as quarter
    union all
    select 'now', $now::integer, case when $now < 12000 then $now else $now // 3 end::integer
), counted as (
    select m.at, o.reporter as code, sum(o.value) as value
    from core.observation o
    join moment m on m.period = o.period
    join scope s on o.unit between s.node and s.last_node
    where o.item = (select id from wanted) and o.period in ($before::integer, $now::integer)
    group by m.at, o.reporter
), within as (
    -- nobody else can be concerned
    select code from counted
    union
    select l.code from core.placement l join scope s on l.node between s.node and s.last_node
), register as (
    select m.at, l.code, bool_or(s.node is not null) as here
    from moment m
    join core.placement l on l.first <= m.quarter and (l.last is null or l.last >= m.quarter)
    left join scope s on l.node between s.node and s.last_node
    where l.code in (select code from within)
    group by m.at, l.code
), expected as (
    select m.at, e.reporter as code
    from core.expected e join moment m on m.period = e.period
    where e.reporter in (select code from within) and e.form = (select form from wanted)
        and e.period in ($before::integer, $now::integer)
), reported as (
    select m.at, r.reporter as code
    from core.reported r join moment m on m.period = r.period
    where r.reporter in (select code from within) and r.form = (select form from wanted where zero)
        and r.period in ($before::integer, $now::integer)
), concerned as (
    select code from counted
    union
    select r.code from register r join expected e on e.at = r.at and e.code = r.code where r.here
), received as (
    select m.at, r.id, r.submission, r.id in (select id from core.active) as active
    from raw."return" r join moment m on m.period = r.period
    where r.form = (select form from wanted)
), overridden as (
    select d."return", d.unit from core.overridden o join raw.record d on d.id = o.record
), replaced as (
    -- hardly any: rows are looked at only where a whole return was replaced, or single rows were
    select p.at, d.unit as code, p.id, p.submission
    from received p join raw.record d on d."return" = p.id
    where not p.active
    union all
    select p.at, o.unit, p.id, p.submission
    from received p join overridden o on o."return" = p.id
), first_version as (
    -- a row counts in one return only, so whatever was replaced, whole or row by row, is older than what counts now
    select r.at, r.code, min_by(r.id, r.submission) as "return" from replaced r
    where r.code in (select code from concerned)
    group by r.at, r.code
), first_row as (
    select v.at, v.code, d.id as record
    from first_version v join raw.record d on d."return" = v."return" and d.unit = v.code
), first_number as (
    select m.record, sum(m.value) as value
    from raw.datum m
    where m.item = (select id from wanted) and m.record in (select record from first_row)
    group by m.record
), first_told as (
    select r.at, r.code, coalesce(sum(n.value), 0) as value
    from first_row r left join first_number n on n.record = r.record
    group by r.at, r.code
), ends as (
    select u.code, m.at, r.code is not null as registered, coalesce(r.here, false) as here, e.code is not null as due,
        c.code is not null or coalesce(r.here and d.code is not null, false) as told,
        coalesce(c.value, 0) as value,
        case when c.code is null and d.code is null then 0 else coalesce(c.value, 0) - coalesce(f.value, c.value, 0)
        end as corrected
    from concerned u
    cross join moment m
    left join register r on r.at = m.at and r.code = u.code
    left join expected e on e.at = m.at and e.code = u.code
    left join counted c on c.at = m.at and c.code = u.code
    left join reported d on d.at = m.at and d.code = u.code
    left join first_told f on f.at = m.at and f.code = u.code
), pair as (
    select n.code, t.registered as t_registered, t.here as t_here, t.due as t_due, t.told as t_told,
        n.registered as n_registered, n.here as n_here, n.due as n_due, n.told as n_told,
        n.value - t.value as value, n.corrected - t.corrected as corrected
    from ends n join ends t on t.code = n.code and n.at = 'now' and t.at = 'then'
), classed as (
    select code, value, corrected,
        case
            when t_here and n_here and t_told and n_told then case when t_due and n_due then 'growth' else 'asked' end
            when t_here and n_here and t_told then case when n_due then 'late' else 'asked' end
            when t_here and n_here and n_told then case when t_due then 'caught_up' else 'asked' end
            when n_here and not t_registered then 'founded'
            when t_here and not n_registered then 'ended'
            when n_here and not t_here then 'moved_in'
            when t_here and not n_here then 'moved_out'
            when t_here or n_here then null
            else 'elsewhere'
        end as part
    from pair
), whole as (
    select part, sum(value) as total, count(*) as organisations, count(*) filter (where value <> 0) as moved,
        sum(corrected) as corrected
    from classed
    where part is not null
    group by part
), ranked as (
    select part, code, value, row_number() over (partition by part order by abs(value) desc, code) as place
    from classed
    where part is not null
    qualify place <= $most
), named as (
    select code, arg_max(name, first) as name
    from core.placement
    where code in (select code from ranked)
    group by code
)
select w.part, w.total, w.organisations::integer as organisations, w.moved::integer as moved,
    w.corrected, r.code as unit, coalesce(n.name, r.code) as unit_name, r.value
from whole w
join ranked r on r.part = w.part
left join named n on n.code = r.code
order by w.part, r.place;
