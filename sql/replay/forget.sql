-- Makes room for another storm in a replay's database. One row.
select forget_replay()
