-- question: which targets are set, the latest document of each counting?
-- grain: one row an indicator, organisation and year
-- columns: indicator, unit, year, comparator, measure, value, high, document, owner, due, state, remark
select d.fields ->> 'indicator' as indicator, d.unit, (d.fields ->> 'year')::integer as year,
    d.fields ->> 'comparator' as comparator, d.fields ->> 'measure' as measure, (d.fields ->> 'value')::double as value,
    (d.fields ->> 'high')::double as high, d.fields ->> 'document' as document, d.fields ->> 'owner' as owner,
    d.fields ->> 'due' as due, coalesce(d.fields ->> 'state', '') as state, coalesce(d.fields ->> 'remark', '') as remark
from raw.record d join core.active a on a.id = d."return"
where d.form = 'R13'
qualify row_number() over (partition by d.key order by d.first desc, a.submission desc, d.id desc) = 1
order by indicator, d.unit, year;
