-- Hash boards as devices reported them, when something of them changed. serial: null where it is not known. readings: a line
-- for each, the number and the key; a row with neither is a board that was no longer reported.
CREATE TABLE boards (
    miner integer NOT NULL,
    at bigint NOT NULL,
    slot integer NOT NULL,
    serial text,
    readings text NOT NULL,
    PRIMARY KEY (miner, at, slot)
);
CREATE INDEX boards_by_time ON boards (at);
