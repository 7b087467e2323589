-- The channels that a rule names, one a line; empty for all that are set up beside e-mail and webhook.
ALTER TABLE rules ADD COLUMN channels TEXT NOT NULL DEFAULT '';
