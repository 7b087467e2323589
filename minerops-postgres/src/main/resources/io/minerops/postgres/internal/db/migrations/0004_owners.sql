-- the site and the owner of a miner; null where not said
ALTER TABLE miners ADD COLUMN site text;
ALTER TABLE miners ADD COLUMN owner text;
