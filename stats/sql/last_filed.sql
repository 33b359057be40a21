-- question: what is the last quarter from $first to $last in which anyone at all filed $form?
-- grain: one row
-- columns: period (null when there is none)
select max(c.period) as period
from mart.coverage c
where c.unit = (select node from core.unit where parent = '') and c.form = $form and c.reported > 0
    and c.period between $first and $last;
