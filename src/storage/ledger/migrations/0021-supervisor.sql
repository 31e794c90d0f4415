-- Who runs a shift sees the operation's figures and writes notes.
ALTER TABLE app_user DROP CONSTRAINT app_user_role_check;
ALTER TABLE app_user ADD CONSTRAINT app_user_role_check
  CHECK (role IN ('administrator', 'manager', 'supervisor', 'intake', 'operator'));
