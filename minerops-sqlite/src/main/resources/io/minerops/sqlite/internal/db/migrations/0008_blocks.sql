-- docs/storage-format.md says what the bytes of ticks, blocks and roll-ups mean.

-- The id of a reading's column, given once. A reading that is added later gets the next one.
CREATE TABLE readings (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 16 AND 4095),
    key TEXT NOT NULL UNIQUE
) STRICT;

-- The polls of hours that are not sealed yet. written: a number that ascends with each write of samples.
CREATE TABLE ticks (
    at INTEGER PRIMARY KEY,
    written INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;

-- id: the hour's beginning << 20 | miner, with 0 for the times of the hour's polls
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

-- id: the beginning of the hour or day << 20 | the first number of 128 miners
CREATE TABLE rollup_hour (
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE rollup_day (
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

-- poll_at is -1 where a removed miner's earlier samples are not its latest
ALTER TABLE latest ADD COLUMN written INTEGER NOT NULL DEFAULT 0;

-- samples of polls before this time are deleted, though a block may still hold some of them
ALTER TABLE state ADD COLUMN pruned_before INTEGER;

-- For people and dashboards that read the file: rows of earlier versions, and the polls of hours that are not sealed yet,
-- decoded by SQL alone. a: every byte in order, so that the place of a byte is its value.
DROP VIEW metrics;
CREATE VIEW metrics AS
WITH RECURSIVE
b(a) AS (SELECT x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'),
numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < (SELECT MAX(MAX(samples), 4100) FROM ticks)),
entries AS MATERIALIZED (
    SELECT t.at, t.samples AS n, t.data AS d, 13 + 16 * e.i AS p,
        ((instr(b.a, substr(t.data, 13 + 16 * e.i + 0, 1)) - 1) << 0) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 1, 1)) - 1) << 8) AS id,
        instr(b.a, substr(t.data, 13 + 16 * e.i + 2, 1)) - 1 AS scale,
        (instr(b.a, substr(t.data, 13 + 16 * e.i + 3, 1)) - 1) & 127 AS width,
        (instr(b.a, substr(t.data, 13 + 16 * e.i + 3, 1)) - 1) >> 7 AS some_absent,
        ((instr(b.a, substr(t.data, 13 + 16 * e.i + 4 + 0, 1)) - 1) << 0) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 4 + 1, 1)) - 1) << 8) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 4 + 2, 1)) - 1) << 16) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 4 + 3, 1)) - 1) << 24) AS begins,
        ((instr(b.a, substr(t.data, 13 + 16 * e.i + 8 + 0, 1)) - 1) << 0) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 8 + 1, 1)) - 1) << 8) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 8 + 2, 1)) - 1) << 16) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 8 + 3, 1)) - 1) << 24) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 8 + 4, 1)) - 1) << 32) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 8 + 5, 1)) - 1) << 40) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 8 + 6, 1)) - 1) << 48) + ((instr(b.a, substr(t.data, 13 + 16 * e.i + 8 + 7, 1)) - 1) << 56) AS base
    FROM ticks t CROSS JOIN b CROSS JOIN numbers e
    WHERE e.i < ((instr(b.a, substr(t.data, 3 + 0, 1)) - 1) << 0) + ((instr(b.a, substr(t.data, 3 + 1, 1)) - 1) << 8)
),
columns AS MATERIALIZED (
    SELECT at, n, id, scale, width, base,
        CASE some_absent WHEN 1 THEN substr(d, begins + 1, (n + 7) / 8) END AS present,
        substr(d, begins + 1 + some_absent * ((n + 7) / 8), width * n) AS cells
    FROM entries
),
cells AS (
    SELECT c.at, e.i, c.id, r.key, c.scale, c.base
        + CASE WHEN c.width > 0 THEN ((instr(b.a, substr(c.cells, e.i * c.width + 1, 1)) - 1) << 0) ELSE 0 END
        + CASE WHEN c.width > 1 THEN ((instr(b.a, substr(c.cells, e.i * c.width + 2, 1)) - 1) << 8) ELSE 0 END
        + CASE WHEN c.width > 2 THEN ((instr(b.a, substr(c.cells, e.i * c.width + 3, 1)) - 1) << 16) ELSE 0 END
        + CASE WHEN c.width > 3 THEN ((instr(b.a, substr(c.cells, e.i * c.width + 4, 1)) - 1) << 24) ELSE 0 END AS number
    FROM columns c CROSS JOIN b CROSS JOIN numbers e LEFT JOIN readings r ON r.id = c.id
    WHERE e.i < c.n AND c.width <= 4
        AND (c.present IS NULL OR (((instr(b.a, substr(c.present, e.i / 8 + 1, 1)) - 1) >> (e.i % 8)) & 1) = 1)
),
polled AS (
    SELECT at,
        MAX(CASE WHEN id = 0 THEN number END) AS miner,
        MAX(CASE WHEN id = 2 THEN number END) AS power_estimated,
        MAX(CASE WHEN id = 3 THEN number END) AS pool,
        MAX(CASE WHEN key = 'hashrate_ths' THEN number / CAST('1e' || scale AS REAL) END) AS hashrate_ths,
        MAX(CASE WHEN key = 'hashrate_avg_ths' THEN number / CAST('1e' || scale AS REAL) END) AS hashrate_avg_ths,
        MAX(CASE WHEN key = 'power_w' THEN number / CAST('1e' || scale AS REAL) END) AS power_w,
        MAX(CASE WHEN key = 'avg_temp_c' THEN number / CAST('1e' || scale AS REAL) END) AS avg_temp_c,
        MAX(CASE WHEN key = 'max_temp_c' THEN number / CAST('1e' || scale AS REAL) END) AS max_temp_c,
        MAX(CASE WHEN key = 'avg_fan_rpm' THEN number / CAST('1e' || scale AS REAL) END) AS avg_fan_rpm,
        MAX(CASE WHEN key = 'min_fan_rpm' THEN number / CAST('1e' || scale AS REAL) END) AS min_fan_rpm,
        MAX(CASE WHEN key = 'max_fan_rpm' THEN number / CAST('1e' || scale AS REAL) END) AS max_fan_rpm,
        MAX(CASE WHEN key = 'elapsed_s' THEN number / CAST('1e' || scale AS REAL) END) AS elapsed_s,
        MAX(CASE WHEN key = 'accepted' THEN number / CAST('1e' || scale AS REAL) END) AS accepted,
        MAX(CASE WHEN key = 'rejected' THEN number / CAST('1e' || scale AS REAL) END) AS rejected,
        MAX(CASE WHEN key = 'hw_errors' THEN number / CAST('1e' || scale AS REAL) END) AS hw_errors,
        MAX(CASE WHEN key = 'boards_alive' THEN number / CAST('1e' || scale AS REAL) END) AS boards_alive,
        MAX(CASE WHEN key = 'boards_expected' THEN number / CAST('1e' || scale AS REAL) END) AS boards_expected,
        MAX(CASE WHEN key = 'chips_alive' THEN number / CAST('1e' || scale AS REAL) END) AS chips_alive,
        MAX(CASE WHEN key = 'chips_expected' THEN number / CAST('1e' || scale AS REAL) END) AS chips_expected,
        MAX(CASE WHEN key = 'pools_alive' THEN number / CAST('1e' || scale AS REAL) END) AS pools_alive,
        MAX(CASE WHEN key = 'inlet_temp_c' THEN number / CAST('1e' || scale AS REAL) END) AS inlet_temp_c,
        MAX(CASE WHEN key = 'outlet_temp_c' THEN number / CAST('1e' || scale AS REAL) END) AS outlet_temp_c
    FROM cells GROUP BY at, i
)
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
    s.inlet_temp_c AS inlet_temp_c,
    s.outlet_temp_c AS outlet_temp_c,
    p.url AS pool_url,
    NULLIF(p.worker, '') AS pool_worker
FROM samples s
JOIN addresses a ON a.id = (s.id & 1048575)
LEFT JOIN pools p ON p.id = s.pool
UNION ALL
SELECT
    s.at << 20 | s.miner,
    strftime('%Y-%m-%d %H:%M:%f', s.at / 1000.0, 'unixepoch'),
    a.address,
    s.hashrate_ths,
    s.hashrate_avg_ths,
    s.power_w,
    s.power_estimated,
    s.avg_temp_c,
    s.max_temp_c,
    s.avg_fan_rpm,
    s.min_fan_rpm,
    s.max_fan_rpm,
    s.elapsed_s,
    s.accepted,
    s.rejected,
    s.hw_errors,
    s.boards_alive,
    s.boards_expected,
    s.chips_alive,
    s.chips_expected,
    s.pools_alive,
    s.inlet_temp_c,
    s.outlet_temp_c,
    p.url,
    NULLIF(p.worker, '')
FROM polled s
JOIN addresses a ON a.id = s.miner
LEFT JOIN pools p ON p.id = s.pool;
