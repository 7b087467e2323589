-- Times are ms since the epoch. A miner is a number of table addresses, 1 to 1048575: 20 bits of every sample's key.
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 1048575),
    address TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE miners (
    miner INTEGER PRIMARY KEY REFERENCES addresses (id),
    hostname TEXT,
    vendor TEXT,
    model TEXT,
    firmware_version TEXT,
    mac TEXT,
    location TEXT,
    tags TEXT NOT NULL,
    nominal_ths REAL,
    nominal_efficiency_j_per_th REAL,
    power_cap_w REAL,
    power_price_usd_per_kwh REAL,
    notes TEXT,
    registered_at INTEGER NOT NULL
) STRICT;

-- samples: how many rows of table samples bear this time
CREATE TABLE polls (
    at INTEGER PRIMARY KEY,
    samples INTEGER NOT NULL
) STRICT;

-- id: poll time << 20 | miner. No other index: one that leads with the miner costs a page per miner and poll.
CREATE TABLE samples (
    id INTEGER PRIMARY KEY,
    read_after_ms INTEGER NOT NULL,
    power_estimated INTEGER NOT NULL,
    hashrate_ths REAL,
    hashrate_avg_ths REAL,
    power_w REAL,
    avg_temp_c REAL,
    max_temp_c REAL,
    avg_fan_rpm REAL,
    min_fan_rpm REAL,
    max_fan_rpm REAL,
    elapsed_s REAL,
    accepted REAL,
    rejected REAL,
    hw_errors REAL
) STRICT;

CREATE TABLE latest (
    miner INTEGER PRIMARY KEY,
    poll_at INTEGER NOT NULL,
    read_after_ms INTEGER NOT NULL,
    power_estimated INTEGER NOT NULL,
    hashrate_ths REAL,
    hashrate_avg_ths REAL,
    power_w REAL,
    avg_temp_c REAL,
    max_temp_c REAL,
    avg_fan_rpm REAL,
    min_fan_rpm REAL,
    max_fan_rpm REAL,
    elapsed_s REAL,
    accepted REAL,
    rejected REAL,
    hw_errors REAL
) STRICT;

CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    rules_version INTEGER NOT NULL,
    alerts_version INTEGER NOT NULL,
    checked_at INTEGER
) STRICT;
INSERT INTO state (id, rules_version, alerts_version, checked_at) VALUES (1, 0, 0, NULL);

CREATE TABLE rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    type TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    thresholds TEXT NOT NULL,
    severity TEXT NOT NULL,
    cooldown_ms INTEGER NOT NULL,
    notify_email INTEGER NOT NULL,
    notify_webhook INTEGER NOT NULL,
    webhook_url TEXT,
    webhook_format TEXT,
    miner TEXT,
    model_filter TEXT,
    tags_filter TEXT NOT NULL
) STRICT;

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    rule_id INTEGER NOT NULL,
    rule_name TEXT NOT NULL,
    miner INTEGER NOT NULL REFERENCES addresses (id),
    type TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    status TEXT NOT NULL CHECK (status IN ('active', 'acknowledged', 'resolved', 'auto_resolved')),
    -- 1: a silence covers it; 2: one has since its beginning, so that nobody was told of it yet
    silenced INTEGER NOT NULL CHECK (silenced IN (0, 1, 2)),
    message TEXT NOT NULL,
    details TEXT NOT NULL,
    acknowledged_at INTEGER,
    acknowledged_by TEXT,
    resolved_at INTEGER,
    resolution_note TEXT,
    notified_at INTEGER,
    notification_status TEXT NOT NULL CHECK (notification_status IN ('none', 'pending', 'sent', 'failed'))
) STRICT;
-- at most one open alert per rule and miner, whatever the code above does
CREATE UNIQUE INDEX alerts_open ON alerts (rule_id, miner) WHERE status IN ('active', 'acknowledged');
CREATE INDEX alerts_by_status ON alerts (status, severity);
CREATE INDEX alerts_by_time ON alerts (created_at);
CREATE INDEX alerts_by_miner ON alerts (miner);

CREATE TABLE silences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    miner TEXT,
    tag TEXT,
    model_filter TEXT,
    rule_id INTEGER,
    author TEXT,
    comment TEXT
) STRICT;

-- who was told of an alert's beginning; kept after the messages are pruned, for its end must reach the same
CREATE TABLE alert_destinations (
    id INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alerts (id),
    channel TEXT NOT NULL,
    webhook_url TEXT,
    webhook_format TEXT
) STRICT;
CREATE INDEX alert_destinations_by_alert ON alert_destinations (alert_id);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('firing', 'reminder', 'escalated', 'resolved')),
    alert_id INTEGER NOT NULL REFERENCES alerts (id),
    destination_id INTEGER NOT NULL REFERENCES alert_destinations (id),
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'failed')),
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    group_key TEXT,
    last_error TEXT,
    sent_at INTEGER
) STRICT;
-- due messages in their order, without a look at those that are sent
CREATE INDEX outbox_pending ON outbox (id, next_attempt_at) WHERE status = 'pending';
CREATE INDEX outbox_by_alert ON outbox (alert_id);

CREATE TABLE conditions (
    rule_id INTEGER NOT NULL,
    miner INTEGER NOT NULL REFERENCES addresses (id),
    pending_since INTEGER,
    clear_since INTEGER,
    raised_at INTEGER,
    reminded_at INTEGER,
    -- times in ms, separated by commas, oldest first; null where the rule does not count them
    recent_raises TEXT,
    escalations INTEGER NOT NULL,
    PRIMARY KEY (rule_id, miner)
) STRICT, WITHOUT ROWID;

CREATE TABLE baselines (
    miner INTEGER PRIMARY KEY REFERENCES addresses (id),
    samples INTEGER NOT NULL,
    mean_ths REAL NOT NULL,
    learned_at INTEGER NOT NULL
) STRICT;

CREATE TABLE snapshot_times (
    at INTEGER PRIMARY KEY
) STRICT;

-- id: moment << 20 | miner, with 0 for the fleet
CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY,
    miner_count INTEGER NOT NULL,
    power_estimated INTEGER NOT NULL,
    btc_price_usd REAL NOT NULL,
    network_difficulty REAL NOT NULL,
    hashrate_ths REAL NOT NULL,
    power_w REAL NOT NULL,
    power_cost_usd_per_kwh REAL NOT NULL,
    daily_power_kwh REAL NOT NULL,
    daily_power_cost_usd REAL NOT NULL,
    estimated_btc_per_day REAL NOT NULL,
    estimated_revenue_usd_per_day REAL NOT NULL,
    daily_profit_usd REAL NOT NULL,
    profit_margin_pct REAL,
    break_even_btc_price REAL,
    efficiency_j_per_th REAL,
    hashprice_usd_per_ph_day REAL
) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
    source TEXT NOT NULL,
    miner TEXT,
    message TEXT NOT NULL
) STRICT;
