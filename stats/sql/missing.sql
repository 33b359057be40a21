-- question: who has not yet reported which form for the quarter $period?
-- grain: one row per form and organisation
-- columns: form, form_name, unit, unit_name, area (code), area_name
select e.form, f.name as form_name, u.code as unit, u.name as unit_name, u.area, area.name as area_name
from core.expected e
join core.form f on f.code = e.form
join core.unit u on u.node = e.node
left join core.unit area on area.code = u.area
left join core.reported r on r.form = e.form and r.period = e.period and r.reporter = e.reporter
where e.period = $period and r.reporter is null
order by u.area, e.form, u.node;
