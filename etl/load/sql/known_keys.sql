-- question: which row keys do the returns in force contain?
-- grain: one row per return and key
-- columns: form, reporter, period, key, file name of the submission; ordered by return
select a.form, a.reporter, a.period, d.key, s.name
from core.active a
join raw.submission s on s.id = a.submission
join core.record d on d."return" = a.id
order by a.submission, a.id;
