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
        MAX(CASE WHEN id = 4 THEN number END) AS state,
${decoded}
    FROM cells GROUP BY at, i
)
SELECT
    s.id AS id,
    strftime('%Y-%m-%d %H:%M:%f', (s.id >> 20) / 1000.0, 'unixepoch') AS timestamp,
    a.address AS miner_ip,
${rows}
    p.url AS pool_url,
    NULLIF(p.worker, '') AS pool_worker,
    NULL AS state${later_rows}
FROM samples s
JOIN addresses a ON a.id = (s.id & 1048575)
LEFT JOIN pools p ON p.id = s.pool
UNION ALL
SELECT
    s.at << 20 | s.miner,
    strftime('%Y-%m-%d %H:%M:%f', s.at / 1000.0, 'unixepoch'),
    a.address,
${polled}
    p.url,
    NULLIF(p.worker, ''),
    ${state}${later_polled}
FROM polled s
JOIN addresses a ON a.id = s.miner
LEFT JOIN pools p ON p.id = s.pool
