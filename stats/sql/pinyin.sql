-- question: what is the order of these $names by pronunciation (pinyin)?
-- grain: one row per name
-- columns: name
select name from (select unnest($names::varchar[]) as name) order by name collate zh, name;
