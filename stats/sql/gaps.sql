-- question: in which quarters does the county lack a return of a form that a rate takes together with another form?
-- grain: one row per quarter
-- columns: period
select distinct c.period
from mart.coverage c
where c.unit in (select node from core.unit where parent = '') and c.reported < c.expected and c.form in (
    select i.form
    from core.part a
    join core.part b on b.indicator = a.indicator and b.item <> a.item
    join core.item i on i.id = a.item
    join core.item j on j.id = b.item and j.form <> i.form);
