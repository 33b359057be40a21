-- question: in which order do these $names stand by their sound (pinyin)?
-- grain: one row a name
-- columns: name
select name from (select unnest($names::varchar[]) as name) order by name collate zh, name;
