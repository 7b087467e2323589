-- the site and the owner of a miner; NULL where not said
ALTER TABLE miners ADD COLUMN site TEXT;
ALTER TABLE miners ADD COLUMN owner TEXT;
