-- since when a lease is held under its token
ALTER TABLE leases ADD COLUMN since timestamptz NOT NULL DEFAULT clock_timestamp();
