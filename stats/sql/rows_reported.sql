-- question: what did $unit last report, up to the quarter $last, in each form that has a row an organisation?
-- grain: one row a form and row key
-- columns: form, period, fields (values by column code, as JSON)
with last_filed as (
    select a.form, max(a.period) as period
    from core.active a
    join core.form f on f.code = a.form and f.roster
    join raw.record d on d."return" = a.id
    where d.unit = $unit and a.period <= $last
    group by a.form
)
select l.form, l.period, d.fields
from last_filed l
join core.active a on a.form = l.form and a.period = l.period
join raw.record d on d."return" = a.id
where d.unit = $unit
order by l.form, d.id;
