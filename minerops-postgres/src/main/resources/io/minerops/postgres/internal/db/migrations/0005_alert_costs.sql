-- What an alert has cost so far; NULL where that is not known. cost_since, cost_counted_ms: the time that counts, ms.
ALTER TABLE alerts ADD COLUMN cost_usd double precision;
ALTER TABLE alerts ADD COLUMN cost_since bigint;
ALTER TABLE alerts ADD COLUMN cost_counted_ms bigint;
ALTER TABLE alerts ADD COLUMN cost_basis text;
ALTER TABLE alerts ADD COLUMN cost_complete integer;
CREATE INDEX alerts_by_cost ON alerts (COALESCE(cost_usd, -1e300), id);

-- The same by UTC day, ms. billed_usd: the part that is on the bill, where an hour of a miner is once.
CREATE TABLE alert_costs (
    alert_id bigint NOT NULL REFERENCES alerts (id),
    day bigint NOT NULL,
    usd double precision NOT NULL,
    billed_usd double precision NOT NULL,
    counted_ms bigint NOT NULL,
    PRIMARY KEY (alert_id, day)
);
CREATE INDEX alert_costs_by_day ON alert_costs (day);
