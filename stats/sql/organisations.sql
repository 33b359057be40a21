-- question: which organisations are there, and when were they open?
-- grain: one row per organisation, in its current or last state
-- columns: code, name, level, parent, opened, closed (last open quarter, null while open),
--   category
select code, arg_max(name, first) as name, arg_max(level, first) as level, arg_max(parent, first) as parent,
    min(first) as opened, case when count(*) = count(last) then max(last) end as closed,
    arg_max(category, first) as category
from core.placement
group by code
order by code;
