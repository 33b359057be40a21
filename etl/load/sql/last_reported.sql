-- question: what is the last quarter for which each organisation is in a roster in force?
-- grain: one row per organisation
-- columns: organisation, period
select d.key, max(a.quarter)
from core.active a
join raw.record d on d."return" = a.id
join core.form f on f.code = a.form and f.roster
where d.key = d.unit
group by d.key;
