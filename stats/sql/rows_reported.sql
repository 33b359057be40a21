-- question: what did $unit last report, up to the quarter $last, in each form that has one row per organisation?
-- grain: one row per form and row key
-- columns: form, period, fields (values by column code, as JSON)
with own as (
    select s.form, s.first as period, s.record, s.fields
    from core.in_force s join core.form f on f.code = s.form and f.roster
    where s.unit = $unit and s.first between s.since and s.until and s.first <= $last
        and (f.months >= 3 or s.last >= s.first)  -- of months the last one in a quarter
)
select o.form, o.period, o.fields
from own o
qualify o.period = max(o.period) over (partition by o.form)
order by o.form, o.record;
