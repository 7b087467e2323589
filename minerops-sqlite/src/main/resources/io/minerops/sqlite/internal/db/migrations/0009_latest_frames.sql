-- The latest sample of each miner as a frame of one row, so that a reading that is added later needs no column here. Rows
-- written before are read beside these until their miner's next hour is sealed. poll_at is -1 where a removed miner's
-- earlier samples are not its latest; then data is empty.
ALTER TABLE latest RENAME TO latest_rows;
CREATE TABLE latest (
    miner INTEGER PRIMARY KEY,
    written INTEGER NOT NULL,
    poll_at INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
