-- Files of one scope replace each other; files that differ from their layout wait for a person.
ALTER TABLE batch DROP CONSTRAINT batch_state_check;
ALTER TABLE batch ADD CONSTRAINT batch_state_check
  CHECK (state IN ('loading', 'waiting', 'refused', 'loaded', 'superseded', 'rolled-back', 'failed'));

-- What a batch holds whole, such as a day; of two of one scope the one written later counts.
ALTER TABLE batch ADD COLUMN scope text;
ALTER TABLE batch ADD COLUMN written_at timestamptz NOT NULL DEFAULT 'epoch';
UPDATE batch SET written_at = received_at;
ALTER TABLE batch ALTER COLUMN written_at DROP DEFAULT;
CREATE INDEX batch_scope ON batch (source, scope);

-- What differs from the layout and what loading it would do, until and after a person decides.
ALTER TABLE batch ADD COLUMN drift jsonb NOT NULL DEFAULT '[]';
ALTER TABLE batch ADD COLUMN effect jsonb NOT NULL DEFAULT '{}';
ALTER TABLE batch ADD COLUMN profile jsonb;
ALTER TABLE batch ADD COLUMN decided_by text;
ALTER TABLE batch ADD COLUMN decided_at timestamptz;
ALTER TABLE batch ADD COLUMN answered_by integer;
ALTER TABLE batch ADD COLUMN opened_by text;
ALTER TABLE batch ADD COLUMN opened_at timestamptz;

-- A layout for one batch only; it is nobody's newest.
ALTER TABLE layout ADD COLUMN only_batch integer;
