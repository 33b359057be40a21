-- question: by which code of credit can an organisation be found, besides its own code and its name?
-- grain: one row per code that a single organisation has, by the newest row of the register in force that tells one
-- columns: code of credit, code of the organisation
with told as (
    select r.fields ->> 'credit_code' as credit, r.key
    from core.active a
    join core.form f on f.code = a.form and f.role = 'units'
    join raw.record r on r."return" = a.id
    where r.fields ->> 'credit_code' is not null
    -- a code that a later row corrects finds nobody any more
    qualify row_number() over (partition by r.key order by r.day desc nulls last, a.quarter desc, r.id desc) = 1
)
select credit, min(key)
from told
group by 1
having count(distinct key) = 1
