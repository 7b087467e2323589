-- pools: what miners have said they work for; a sample names one by its number. worker is empty where it was not said.
CREATE TABLE pools (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    worker TEXT NOT NULL,
    UNIQUE (url, worker)
) STRICT;

ALTER TABLE samples ADD COLUMN boards_alive REAL;
ALTER TABLE samples ADD COLUMN boards_expected REAL;
ALTER TABLE samples ADD COLUMN chips_alive REAL;
ALTER TABLE samples ADD COLUMN chips_expected REAL;
ALTER TABLE samples ADD COLUMN pools_alive REAL;
ALTER TABLE samples ADD COLUMN pool INTEGER;

ALTER TABLE latest ADD COLUMN boards_alive REAL;
ALTER TABLE latest ADD COLUMN boards_expected REAL;
ALTER TABLE latest ADD COLUMN chips_alive REAL;
ALTER TABLE latest ADD COLUMN chips_expected REAL;
ALTER TABLE latest ADD COLUMN pools_alive REAL;
ALTER TABLE latest ADD COLUMN pool INTEGER;

ALTER TABLE rules ADD COLUMN options TEXT NOT NULL DEFAULT '';

-- An alert, or what is remembered, of a rule's whole scope has the number of the empty address for a miner.

DROP VIEW metrics;
CREATE VIEW metrics AS
SELECT
    s.id AS id,
    strftime('%Y-%m-%d %H:%M:%f', (s.id >> 20) / 1000.0, 'unixepoch') AS timestamp,
    a.address AS miner_ip,
    s.hashrate_ths AS hashrate_ths,
    s.hashrate_avg_ths AS hashrate_avg_ths,
    s.power_w AS power_w,
    s.power_estimated AS power_estimated,
    s.avg_temp_c AS avg_temp_c,
    s.max_temp_c AS max_temp_c,
    s.avg_fan_rpm AS avg_fan_rpm,
    s.min_fan_rpm AS min_fan_rpm,
    s.max_fan_rpm AS max_fan_rpm,
    s.elapsed_s AS elapsed_s,
    s.accepted AS accepted,
    s.rejected AS rejected,
    s.hw_errors AS hw_errors,
    s.boards_alive AS boards_alive,
    s.boards_expected AS boards_expected,
    s.chips_alive AS chips_alive,
    s.chips_expected AS chips_expected,
    s.pools_alive AS pools_alive,
    p.url AS pool_url,
    NULLIF(p.worker, '') AS pool_worker
FROM samples s
JOIN addresses a ON a.id = (s.id & 1048575)
LEFT JOIN pools p ON p.id = s.pool;
