-- What devices reported of themselves, with the times for which it held.
-- slot: -1 for the miner as a whole. ended: NULL as long as it holds. previous: the value before, NULL where none was known.
CREATE TABLE facts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    miner INTEGER NOT NULL,
    kind TEXT NOT NULL,
    slot INTEGER NOT NULL,
    value TEXT NOT NULL,
    previous TEXT,
    message TEXT NOT NULL,
    began INTEGER NOT NULL,
    ended INTEGER,
    announced INTEGER NOT NULL
) STRICT;

-- of each subject one fact holds; of faults each code is a subject
CREATE UNIQUE INDEX facts_holding ON facts (miner, kind, slot, CASE kind WHEN 'fault' THEN value ELSE '' END)
    WHERE ended IS NULL;

CREATE INDEX facts_of_miner ON facts (miner, kind, slot, began);

CREATE INDEX facts_changed ON facts (began) WHERE previous IS NOT NULL;

CREATE INDEX facts_ended ON facts (ended) WHERE ended IS NOT NULL;
