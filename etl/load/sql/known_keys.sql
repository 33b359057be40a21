-- question: which row keys stand in the returns in force?
-- grain: one row a return and key
-- columns: form, reporter, period, key, file name of the submission; return by return
select a.form, a.reporter, a.period, d.key, s.name
from core.active a
join raw.submission s on s.id = a.submission
join core.record d on d."return" = a.id
order by a.submission, a.id;
