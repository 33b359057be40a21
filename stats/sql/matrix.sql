-- question: of the rows of $form that count in quarter $period, how many have each of $items, in each area right below
--   $unit?
-- grain: one row per area and item; item '' counts the subjects of an area and those that have every item
-- columns: area (code of a direct child of $unit, or $unit itself for what stands under none), item, counted (subjects of
--   which it is known), met, records (the ids of the rows by which it is met, null unless $listed)
-- parameters: without $by a row is a subject and $items are columns, met by one of the codes of $met. With $by an
--   organisation is a subject and $items are codes of that column: met by a row that says so in the column $answer, or
--   by any row when $answer is null; of several the latest counts. $conditions name a column and the codes it may hold
with scope as (
    select node, last_node from core.unit where code = $unit
), child as (
    select code, node, last_node from core.unit where parent = $unit
), found as (
    select s.record, s.unit, s.first, coalesce(c.code, $unit) as area, s.fields
    from scope
    join core.in_force s on s.node between scope.node and scope.last_node
    left join child c on s.node between c.node and c.last_node
    where s.form = $form and $period between s.first and s.last and $period between s.since and s.until
        and len(list_filter($conditions::struct("column" varchar, codes varchar[])[],
            lambda c: list_contains(c.codes, s.fields ->> c."column"))) = len($conditions)
), item as (
    select unnest($items::varchar[]) as item
), answered as (
    select f.area, f.unit, i.item,
        arg_max($answer is null or coalesce(list_contains($met::varchar[], f.fields ->> $answer), false),
            (f.first, f.record)) as met,
        arg_max(f.record, (f.first, f.record)) as record
    from found f join item i on i.item = f.fields ->> $by
    group by all
), told as (
    select f.area, f.record::varchar as subject, i.item,
        coalesce(list_contains($met::varchar[], f.fields ->> i.item), false) as met, f.record
    from found f cross join item i
    where $by is null
    union all
    select f.area, f.unit, i.item, case when $answer is null then coalesce(a.met, false) else a.met end,
        a.record
    from (select distinct area, unit from found) f
    cross join item i
    left join answered a on a.area = f.area and a.unit = f.unit and a.item = i.item
    where $by is not null
), whole as (
    select area, subject, bool_and(coalesce(met, false)) as met from told group by area, subject
)
select area, item, count(met)::integer as counted, (count(*) filter (met))::integer as met,
    list(record order by record) filter (where $listed and met) as records
from told group by area, item
union all
select area, '', count(*)::integer, (count(*) filter (met))::integer, null from whole group by area
order by all;
