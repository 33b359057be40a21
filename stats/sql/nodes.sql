-- question: which numbers have each organisation and all below it?
-- grain: one row per organisation
-- columns: code, low, high; one that stood under several others has a number under each, and others' lie between
select code, min(node) as low, max(last_node) as high from core.unit group by code;
