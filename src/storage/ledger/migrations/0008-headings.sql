-- What people said that a column of a file is: proposed again for columns called alike.
CREATE TABLE heading (
  words      text NOT NULL,
  canonical  text NOT NULL,
  times      integer NOT NULL DEFAULT 1,
  said_by    text NOT NULL,
  said_at    timestamptz NOT NULL,
  PRIMARY KEY (words, canonical)
);
