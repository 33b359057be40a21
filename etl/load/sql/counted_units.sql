-- question: which organisations do the returns in force say something of, besides registering them?
-- grain: one row per organisation
-- columns: code
select d.unit
from core.active a
join core.form f on f.code = a.form and f.role is distinct from 'units'
join core.record d on d."return" = a.id
union
select a.reporter
from core.active a
join core.form f on f.code = a.form and f.role is distinct from 'units';
