-- An hour that is sealed in part: next: the first miner that is not sealed; written: the last write that is part of it.
CREATE TABLE sealing (
    hour bigint PRIMARY KEY,
    next integer NOT NULL,
    written bigint NOT NULL
);
