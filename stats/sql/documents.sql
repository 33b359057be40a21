-- question: which documents that set targets are registered, and what holds of each in quarter $period?
-- grain: one row per document, by the last registration in force
-- columns: title, number ("" for none), issued (its day), issuer, status, replaced_by ("" for none)
select d.fields ->> 'document' as title, coalesce(d.fields ->> 'number', '') as number,
    coalesce(d.fields ->> 'issued', '') as issued, coalesce(d.fields ->> 'issuer', '') as issuer,
    coalesce(d.fields ->> 'status', '') as status, coalesce(d.fields ->> 'replaced_by', '') as replaced_by
from core.in_force s
join raw.record d on d.id = s.record
join core.form f on f.code = s.form
where f.role = 'documents' and s.node is not null
    and $period between s.first and s.last and $period between s.since and s.until
order by issued, s.first, d.id;
