-- A connection that was deleted: what it brought and its days stay, its secrets do not.
ALTER TABLE connection ADD COLUMN removed_at timestamptz;
ALTER TABLE connection ADD COLUMN removed_by text;
