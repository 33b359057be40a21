-- question: which targets are set, by which document, and when?
-- grain: one row per indicator, organisation, year and document, by the last filing of it, the earlier document first
-- columns: indicator, unit, year, comparator, measure, value, high, document, owner, due, state, remark, set_on (the
--   day the document was issued; if unknown, the day it was first filed), told (the states of a task in order: the
--   quarter from which each counts, and the state)
with filed as (
    select d.fields ->> 'indicator' as indicator, d.unit, (d.fields ->> 'year')::integer as year,
        d.fields ->> 'document' as document, d.fields, d.first, t.place, a.submission, d.id,
        min(d.fields ->> 'date') over (partition by d.fields ->> 'indicator', d.unit, d.fields ->> 'year',
            d.fields ->> 'document') as first_filed
    from raw.record d join core.active a on a.id = d."return" join core.told t on t.record = d.id
        join core.form f on f.code = d.form
    where f.role = 'targets'
), told as (
    select indicator, unit, year, document,
        last(fields ->> 'issued' order by place) filter (where fields ->> 'issued' <> '') as issued,
        list({quarter: first, state: coalesce(fields ->> 'state', '')} order by place) as told
    from filed group by all
), last_filed as (
    select * from filed
    qualify row_number() over (partition by indicator, unit, year, document order by place desc) = 1
), dated as (
    select *, coalesce(issued, first_filed) as set_on
    from last_filed join told using (indicator, unit, year, document)
)
select indicator, unit, year, fields ->> 'comparator' as comparator, fields ->> 'measure' as measure,
    (fields ->> 'value')::double as value, (fields ->> 'high')::double as high, document,
    fields ->> 'owner' as owner, fields ->> 'due' as due, coalesce(fields ->> 'state', '') as state,
    coalesce(fields ->> 'remark', '') as remark, set_on, told
from dated
order by indicator, unit, year, set_on, submission, id;  -- of two of one day the last filing, as confirmed
