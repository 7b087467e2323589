-- What an alert has cost so far; NULL where that is not known. cost_since, cost_counted_ms: the time that counts, ms.
ALTER TABLE alerts ADD COLUMN cost_usd REAL;
ALTER TABLE alerts ADD COLUMN cost_since INTEGER;
ALTER TABLE alerts ADD COLUMN cost_counted_ms INTEGER;
ALTER TABLE alerts ADD COLUMN cost_basis TEXT;
ALTER TABLE alerts ADD COLUMN cost_complete INTEGER;
CREATE INDEX alerts_by_cost ON alerts (COALESCE(cost_usd, -1e300), id);

-- The same by UTC day, ms. billed_usd: the part that is on the bill, where an hour of a miner is once.
CREATE TABLE alert_costs (
    alert_id INTEGER NOT NULL REFERENCES alerts (id),
    day INTEGER NOT NULL,
    usd REAL NOT NULL,
    billed_usd REAL NOT NULL,
    counted_ms INTEGER NOT NULL,
    PRIMARY KEY (alert_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_costs_by_day ON alert_costs (day);
