-- question: in which quarters does each row of a return in force count, and at which node?
-- grain: one row per row of a return and run of quarters, from its first on, in which its organisation has the same
--   place
-- columns: see 010_tables.sql; the row counts from first to last, its organisation stands at node from since to until,
--   and 2147483647 is the last quarter if there is no end. reporter: whom the numbers belong to. newest: no later row
--   of the same key ends or corrects it. Ledger rows about an organisation that is not open count where core.place
--   says; rows that it reported itself do not count, nor does what a register or ledger holds of it, whose key begins
--   with its code. node is null if there is none. day and fields: as in raw.record; ends: whether
--   it says itself when it ends
delete from core.in_force;
insert into core.in_force
with latest as (
    -- of the months in a quarter the last one that anyone reported holds at the quarter's end
    select a.form, a.quarter, max(a.period) as period
    from core.active a join core.form f on f.code = a.form and f.months < 3 and f.roster
    group by a.form, a.quarter
), earlier as (
    select a.id
    from latest l join core.active a on a.form = l.form and a.quarter = l.quarter and a.period < l.period
), followed as (
    -- a register row is valid until the next one with its key; a row of a quarterly ledger is corrected by the next
    select t.record, case when f.standing then t.next - 1 else d.first - 1 end as last
    from core.told t join raw.record d on d.id = t.record join core.form f on f.code = d.form
    where t.next is not null
), stood as (
    -- a return of months of one that closed later in the quarter: it stands where it stood in that month
    select d.id, p.node
    from core.record d
    join core.active a on a.id = d."return"
    join core.form f on f.code = d.form and f.months = 1
    join core.month_place p on p.code = d.unit and a.period between p.first and p.last
    where not exists (
        select 1 from core.placement l
        where l.code = d.unit and l.first <= a.quarter and (l.last is null or l.last >= a.quarter))
)
select
    d.id, d."return", d.form, d.key, d.unit, case when f.roster then d.unit else a.reporter end, d.first,
    least(
        coalesce(d.last, 2147483647), coalesce(n.last, 2147483647),
        case when e.id is null then 2147483647 else d.first - 1 end),
    n.last is null,
    coalesce(t.node, p.node), coalesce(p.first, 0), coalesce(p.last, 2147483647), d.day, d.last is not null, d.fields
from core.record d
join core.active a on a.id = d."return"
join core.form f on f.code = d.form
left join followed n on n.record = d.id
left join earlier e on e.id = a.id
left join core.place p on p.code = d.unit and p.last >= d.first
left join stood t on t.id = d.id and d.first between p.first and p.last
where p.open or p.code is null or t.id is not null
    or not (f.roster or f.until_next and f.role is null
        and (f.standing and d.key = d.unit or starts_with(d.key, d.unit || '|')))
-- the rows about an organisation and all below it lie together with what they say, so that they are read alone
order by d.form, coalesce(t.node, p.node), d.id;
