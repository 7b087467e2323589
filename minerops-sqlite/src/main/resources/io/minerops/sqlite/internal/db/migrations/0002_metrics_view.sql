-- For people and dashboards that read the file: one row per sample, times in UTC.
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
    s.hw_errors AS hw_errors
FROM samples s
JOIN addresses a ON a.id = (s.id & 1048575);
