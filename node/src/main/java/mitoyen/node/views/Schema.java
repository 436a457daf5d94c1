package mitoyen.node.views;

/// The tables as SQLite is told of them, and how they are shown to whoever reads them with tools of
/// his own (docs/views.md).
final class Schema {
    /// Raised when a table changes: then all are made anew.
    static final int FORMAT = 4;

    /// What is written.
    static final String TABLES =
            """
            create table about (
              ledger text not null, kept_from integer not null, summed_to integer not null);
            create table blocks (
              height integer primary key, time_ms integer not null, hash text not null,
              previous_hash text not null, state_root text not null, receipts_root text not null,
              transactions integer);
            create table receipts (height integer primary key, bytes blob not null);
            create table parts (
              height integer not null, first integer not null, events text not null,
              bytes blob not null, primary key (height, first));
            create table runs (
              run integer primary key, subject integer not null, level integer not null,
              last_height integer not null);
            create table run_pages (
              run integer not null, first blob not null, bytes blob not null,
              primary key (run, first));
            create table sums (
              account text not null, asset text not null, debits integer not null,
              credits integer not null, pending_debits integer not null,
              pending_credits integer not null, primary key (account, asset)) without rowid;
            """;

    /// What is shown of it.
    static final String VIEWS =
            """
            create view events as
              select height, first + key as position, value ->> 0 as type, value -> 1 as fields
              from parts, json_each(events);
            create view transactions as
              select height, value ->> '$[1].index' as position, value ->> '$[1].id' as id,
                substr(value ->> 0, length('transaction.') + 1) as answer,
                value ->> '$[1].module' as module, value ->> '$[1].number' as number,
                value ->> '$[1].name' as name,
                iif(value ->> 0 = 'transaction.rejected', value ->> 4, null) as may_pass_later,
                value ->> '$[1].step' as step,
                substr(bytes, (value ->> 2) + 1, value ->> 3) as bytes
              from parts, json_each(events) where value ->> 0 like 'transaction.%';
            create view movements as
              select height, first + key as position, value ->> '$[1].asset' as asset,
                value ->> '$[1].from' as debited, value ->> '$[1].to' as credited,
                value ->> 2 as amount, value ->> 3 as pending
              from parts, json_each(events)
              where value ->> 2 is not null and value ->> 0 not like 'transaction.%';
            create view transfers as
              select height, position, asset, debited, credited, amount from movements
              where amount > 0;
            create view balances as
              with recent as (
                select * from movements where height > (select summed_to from about)),
              all_sums as (
                select * from sums
                union all select debited, asset, amount, 0, pending, 0 from recent
                union all select credited, asset, 0, amount, 0, pending from recent)
              select account, asset, sum(debits) as debits, sum(credits) as credits,
                sum(pending_debits) as pending_debits, sum(pending_credits) as pending_credits
              from all_sums group by account, asset;
            """;

    private Schema() {}
}
