-- question: by which code of credit can an organisation be found, besides its own code and its name?
-- grain: one row per code that a single organisation has in the register
-- columns: code of credit, code of the organisation
select r.fields ->> 'credit_code', min(r.key)
from raw.record r join core.form f on f.code = r.form
where f.role = 'units' and r.fields ->> 'credit_code' is not null
group by 1
having count(distinct r.key) = 1
