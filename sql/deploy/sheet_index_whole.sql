-- Deploy catalyse:sheet_index_whole to pg
-- requires: sheet_wide_pages search_spans
-- The words of a sheet stay in its row, where a search ranks them, rather than in a table beside once a row passes 2 kB: there, each of some
-- hundreds of rows ranked costs a search of an index. Rows written before stay as they are; « vacuum full » of the table moves them.
begin;
set local role catalyse_owner;
set local search_path to catalyse, public;
alter table sheet_index set (toast_tuple_target = 8160);
commit;
