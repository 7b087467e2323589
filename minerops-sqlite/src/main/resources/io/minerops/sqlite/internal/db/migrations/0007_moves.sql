-- Miners that moved to another address, for metric stores beside this file. AUTOINCREMENT: a number is never used twice.
CREATE TABLE moves (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    from_address TEXT NOT NULL,
    to_address TEXT NOT NULL
) STRICT;
