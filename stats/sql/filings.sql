-- question: which returns were expected of $unit in the quarters $first to $last, and which submission brought each?
-- grain: one row per form and quarter
-- columns: form, form_name, period, submission (the one in force; null while none is), file (as its sender named it),
--   above (codes of the organisation and all above it, whose files may contain the row)
with due as (
    select distinct form, period from core.expected
    where reporter = $unit and period between $first and $last
), came as (
    select a.form, a.quarter as period, a.submission
    from core.active a join core.form f on f.code = a.form
    where case when f.roster
        then a.id in (select d."return" from raw.record d where d.unit = $unit) else a.reporter = $unit end
        -- the months of a quarter came when the last of them did
        and (f.months >= 3 or exists (
            select 1 from core.reported r where r.form = a.form and r.period = a.quarter and r.reporter = $unit))
)
select d.form, f.name as form_name, d.period, c.submission, s.name as file,
    (select list(distinct over_u.code)
     from core.unit u join core.ancestor a on a.node = u.node join core.unit over_u on over_u.node = a.ancestor
     where u.code = $unit) as above
from due d
join core.form f on f.code = d.form
left join came c on c.form = d.form and (c.period = d.period or (f.standing and c.period < d.period))
left join raw.submission s on s.id = c.submission
qualify row_number() over (partition by d.form, d.period order by c.period desc nulls last, c.submission desc) = 1
order by d.period desc, d.form;
