ALTER TABLE miners ADD COLUMN serial TEXT;
-- 1: a person gave the hostname. Of those known so far nobody can tell, and what people typed is never lost.
ALTER TABLE miners ADD COLUMN hostname_given INTEGER NOT NULL DEFAULT 0;
UPDATE miners SET hostname_given = 1 WHERE hostname IS NOT NULL;
