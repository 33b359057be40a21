-- question: which is the last quarter the warehouse knows?
-- grain: one row
-- columns: period, null when there is none
select max(period) as period from core.period;
