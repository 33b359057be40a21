-- question: which returns are in force, and which submission brought each?
-- grain: one row per return in force
-- columns: form, reporter, period, submission
select form, reporter, period, submission from core.active order by all;
