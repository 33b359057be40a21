-- question: how does this build count each form's items?
-- grain: one row per form and item; a form without items has one row
-- columns: form, by_county (the county files it for everybody), item (null for none), id, stock, zero_when_reported,
--   months (the length of its form's periods)
select f.code as form, f.by_county, i.code as item, i.id, i.stock, i.zero_when_reported, f.months
from core.form f left join core.item i on i.form = f.code
order by i.id;
