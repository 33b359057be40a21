-- question: what does the register say of each organisation, by the newest row about it?
-- grain: one row per organisation that was ever registered
-- columns: code, fields (JSON, values by column code)
select r.key as code, r.fields
from core.active a
join core.form f on f.code = a.form and f.role = 'units'
join raw.record r on r."return" = a.id
join core.told t on t.record = r.id
qualify row_number() over (partition by r.key order by t.place desc) = 1
order by r.key;
