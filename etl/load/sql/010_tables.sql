-- question: which tables does a build have?
-- grain: one table per noun; raw holds what was received, core what it means, mart what readers query
-- columns: see each table. raw."return".period is the number of a period of its form's own length (months), as it is
--   told in core.active; every other period, first and last is a quarter: that in which a period ends. What is counted
--   of forms of months has rows for months too: a period from 12000 on is a month (year × 12 + month − 1), as
--   base/periods.py says. core.month_place is in months throughout
create schema if not exists raw;
create schema if not exists core;
create schema if not exists mart;

create table if not exists raw.submission (id integer, sha varchar, name varchar, file varchar);
create table if not exists raw."return" (
    id bigint, submission integer, form varchar, reporter varchar, period integer, sheet varchar, nil boolean,
    act varchar);
create table if not exists raw.record (
    id bigint, "return" bigint, form varchar, unit varchar, key varchar, day date, first integer, last integer,
    fields varchar);
create table if not exists raw.datum (
    id bigint, record bigint, item integer, value double, "row" integer, "column" integer, distinct_key varchar,
    raw varchar, first integer, last integer);

create table if not exists core.build (number integer, store_version integer, built_at varchar, catalogue varchar,
    catalogue_version integer);
create table if not exists core.form (
    code varchar, name varchar, standing boolean, months integer, roster boolean, until_next boolean, by_county boolean,
    role varchar, row_quarters integer, totals boolean);
create table if not exists core.total_level (form varchar, level varchar);
create table if not exists core.assigned (form varchar, level varchar, category varchar);
create table if not exists core.item (
    id integer, code varchar, name varchar, measure varchar, form varchar, stock boolean, zero_when_reported boolean);
create table if not exists core.part (indicator varchar, role varchar, item integer);
create table if not exists core.period (period integer);
create table if not exists core.active (
    id bigint, submission integer, form varchar, reporter varchar, period integer, quarter integer);
create table if not exists core.told (record bigint, place integer, next integer);
create table if not exists core.state (
    code varchar, name varchar, level varchar, parent varchar, category varchar, status varchar, successor varchar,
    stood_under varchar, place integer, first integer, last integer);
create table if not exists core.heir (code varchar, heir varchar, first integer, last integer);
create table if not exists core.place (code varchar, node integer, first integer, last integer, open boolean);
-- rows of a return in force that are replaced by a row in a later file of the same return
create table if not exists core.overridden (record bigint);
create view if not exists core.record as
select d.* from raw.record d where not exists (select 1 from core.overridden o where o.record = d.id);
create table if not exists core.placement (
    node integer, code varchar, name varchar, level varchar, parent varchar, category varchar,
    first integer, last integer);
create table if not exists core.month_place (
    code varchar, node integer, level varchar, category varchar, first integer, last integer);
create table if not exists core.unit (node integer, last_node integer, code varchar, name varchar, level varchar,
    parent varchar, area varchar);
create table if not exists core.ancestor (node integer, ancestor integer);
create table if not exists core.in_force (
    record bigint, "return" bigint, form varchar, key varchar, unit varchar, reporter varchar, first integer, last integer,
    newest boolean, node integer, since integer, until integer, day date, ends boolean, fields varchar);
create table if not exists core.observation (
    period integer, item integer, unit integer, value double, datum bigint, reporter varchar, record bigint);
create table if not exists core.reported (form varchar, period integer, reporter varchar, node integer);
create table if not exists core.expected (form varchar, period integer, reporter varchar, node integer);
-- what organisations reported as their own totals (600_own_totals.sql); core.kept_total is what somebody decided
create table if not exists core.kept_total (unit varchar, item varchar, period integer, keep varchar);
create table if not exists core.own_total (
    unit integer, code varchar, item integer, form varchar, first integer, period integer, since integer, value double,
    datum bigint, before double, under double, has_below boolean, below double, keep varchar, counted boolean);
create table if not exists core.stands (unit integer, own integer, item integer, period integer);
create table if not exists mart.own_total (
    unit integer, item integer, first integer, period integer, value double, totals integer, whole boolean);
create table if not exists mart.own_part (
    unit integer, item integer, first integer, ending integer, period integer, instead double, reported integer,
    expected integer);
create table if not exists mart.coverage (unit integer, form varchar, period integer, expected integer, reported integer);
create table if not exists mart.rollup (unit integer, period integer, item integer, value double);
