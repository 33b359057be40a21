-- question: from which quarter to which are there data?
-- grain: one row
-- columns: first, last
select min(period) as first, max(period) as last from core.period;
