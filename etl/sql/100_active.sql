-- question: which returns count, a later one of the same form, reporter and quarter having replaced the earlier?
-- grain: one row a return in force
-- columns: id, submission, form, reporter, period
delete from core.active;
insert into core.active
select id, submission, form, reporter, period
from raw."return"
qualify row_number() over (partition by form, reporter, period order by submission desc, id desc) = 1;

delete from core.period;
insert into core.period
select unnest(range(min(period), max(period) + 1)) from core.active;
