-- question: how much would $item of $unit in $quarters grow if those without a return counted with their last value?
-- grain: one row
-- columns: adds (without what already counts of theirs, such as contracts still running), never (how many missing
--   returns are of those who never sent one); of flows the same quarter of the year before counts, if it was reported
with asked as (
    select i.id, i.form, i.stock, f.by_county, s.node, s.last_node
    from core.item i join core.form f on f.code = i.form, core.unit s
    where i.code = $item and s.code = $unit
), lacking as (
    select a.*, e.period, e.reporter
    from asked a
    join core.expected e on e.form = a.form and e.period in (select unnest($quarters::integer[]))
        and (a.by_county or e.node between a.node and a.last_node)
    left join core.reported r on r.form = e.form and r.period = e.period and r.reporter = e.reporter
    where r.reporter is null
), before as (
    select l.period, l.reporter,
        coalesce(
            max(r.period) filter (
                where r.period = l.period - case when l.period < 12000 then 4 else 12 end and not l.stock),
            max(r.period)) as last
    from lacking l
    left join core.reported r on r.form = l.form and r.reporter = l.reporter and r.period < l.period
        and (r.period < 12000) = (l.period < 12000)
    group by l.period, l.reporter
), counted as (
    -- an organisation that reports for itself may have moved since; what the county files is located by its node
    select sum(o.value * case when o.period = b.last then 1 else -1 end) as adds
    from before b
    join lacking l on l.period = b.period and l.reporter = b.reporter
    join core.observation o on o.item = l.id and o.reporter = b.reporter and o.period in (b.period, b.last)
        and (not l.by_county or o.unit between l.node and l.last_node)
    where b.last is not null
)
select coalesce((select adds from counted), 0)::double as adds,
    (select count(*) from before where last is null)::integer as never;
