-- Hash boards as devices reported them, when something of them changed. serial: NULL where it is not known. readings: a line for
-- each, the number and the key; a row with neither is a board that was no longer reported.
CREATE TABLE boards (
    miner INTEGER NOT NULL,
    at INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    serial TEXT,
    readings TEXT NOT NULL,
    PRIMARY KEY (miner, at, slot)
) STRICT, WITHOUT ROWID;

CREATE INDEX boards_at ON boards (at);
