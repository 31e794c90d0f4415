-- The cause that a note or decision is about, as `kind/subject`.
ALTER TABLE note ADD COLUMN cause text;
