-- question: in which quarters does each row of a return in force count, and at which node?
-- grain: one row a row of a return and run of quarters, from its first on, in which its organisation has the same place
-- columns: see 010_tables.sql; the row counts from first to last, its organisation stands at node from since to until, and
--   2147483647 is the last quarter of what goes on. reporter: who the numbers are of. newest: no later row of
--   the same key ends it or puts it right. An organisation that is closed, or not in the register, stands at its last parent's node;
--   node is null where there is none
delete from core.in_force;
insert into core.in_force
with followed as (
    -- a register's row holds until the next one of its key; one of a ledger of quarters is put right by the next
    select t.record, case when f.standing then t.next - 1 else d.first - 1 end as last
    from core.told t join raw.record d on d.id = t.record join core.form f on f.code = d.form
    where t.next is not null
), gap as (
    -- the quarters before each placement and those after all of them
    select code, coalesce(lag(last) over (partition by code order by first) + 1, 0) as first, first - 1 as last
    from core.placement
    union all
    select code, max(last) + 1, 2147483647 from core.placement group by code having count(last) = count(*)
), last_parent as (
    select code, max_by(parent, first) as parent from core.placement group by code
), place as (
    select code, node, first, coalesce(last, 2147483647) as last from core.placement
    union all
    select g.code, u.node, g.first, g.last
    from gap g join last_parent l on l.code = g.code left join core.unit u on u.code = l.parent
    where g.first <= g.last
)
select
    d.id, d."return", d.form, d.key, d.unit, case when f.roster then d.unit else a.reporter end, d.first,
    least(coalesce(d.last, 2147483647), coalesce(n.last, 2147483647)), n.last is null,
    p.node, coalesce(p.first, 0), coalesce(p.last, 2147483647)
from raw.record d
join core.active a on a.id = d."return"
join core.form f on f.code = d.form
left join followed n on n.record = d.id
left join place p on p.code = d.unit and p.last >= d.first
order by d.form, d.id;
