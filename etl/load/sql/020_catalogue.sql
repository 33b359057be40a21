-- question: what does the catalogue declare: forms, who is assigned them, items, and the parts of each indicator?
-- grain: one row per declaration; replaces the previous contents
-- columns: see 010_tables.sql
delete from core.form;
insert into core.form
select unnest($form), unnest($form_name), unnest($standing::boolean[]), unnest($months::integer[]), unnest($roster::boolean[]),
    unnest($until_next::boolean[]), unnest($by_county::boolean[]), unnest($form_role::varchar[]),
    unnest($row_quarters::integer[]), unnest($totals::boolean[]);

delete from core.total_level;
insert into core.total_level select unnest($total_form::varchar[]), unnest($total_level::varchar[]);

delete from core.assigned;
insert into core.assigned select unnest($assigned_form), unnest($assigned_level), unnest($assigned_category);

delete from core.item;
insert into core.item
select unnest(range(len($item))), unnest($item), unnest($item_name), unnest($item_measure), unnest($item_form),
    unnest($stock::boolean[]), unnest($zero::boolean[]);

delete from core.part;
insert into core.part
select p.indicator, p.role, i.id
from (select unnest($part_indicator) as indicator, unnest($part_role) as role, unnest($part_item) as code) p
join core.item i on i.code = p.code;
