-- More users than the first: whom reports go to, who may no longer enter, who was last here when. A name is one whatever its case.
ALTER TABLE app_user
  ADD COLUMN folded_name  text,
  ADD COLUMN email        text,
  ADD COLUMN created_by   text,
  ADD COLUMN disabled_at  timestamptz,
  ADD COLUMN disabled_by  text,
  ADD COLUMN seen_on      date,
  ADD COLUMN version      integer NOT NULL DEFAULT 1;
UPDATE app_user SET folded_name = lower(user_name);
ALTER TABLE app_user ALTER COLUMN folded_name SET NOT NULL;
CREATE UNIQUE INDEX app_user_folded ON app_user (folded_name);

-- What programs read by, with their user's rights; only hashes are kept, and a revoked one is deleted.
CREATE TABLE read_token (
  token_id     integer GENERATED ALWAYS AS IDENTITY,
  user_name    text NOT NULL REFERENCES app_user,
  name         text NOT NULL,
  secret_hash  text NOT NULL UNIQUE,
  created_at   timestamptz NOT NULL,
  created_by   text NOT NULL,
  expires_at   timestamptz NOT NULL,
  used_on      date,
  PRIMARY KEY (user_name, token_id)
);
