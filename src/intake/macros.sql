-- Forms that Brazilian files use, as expressions. Each gives NULL for what it does not understand.
CREATE OR REPLACE MACRO digits_of(x) AS regexp_replace(x, '\D', '', 'g');

CREATE OR REPLACE MACRO seconds_of_clock(x) AS
  CASE WHEN regexp_full_match(x, '-?\d{1,4}:[0-5]\d:[0-5]\d') THEN
    (CASE WHEN x[1] = '-' THEN -1 ELSE 1 END)
    * (abs(CAST(split_part(x, ':', 1) AS INTEGER)) * 3600 + CAST(split_part(x, ':', 2) AS INTEGER) * 60 + CAST(split_part(x, ':', 3) AS INTEGER))
  WHEN regexp_full_match(x, '\d{1,4}:[0-5]\d') THEN CAST(split_part(x, ':', 1) AS INTEGER) * 60 + CAST(split_part(x, ':', 2) AS INTEGER)
  END;

CREATE OR REPLACE MACRO moment_of_iso(x) AS
  CASE WHEN regexp_matches(x, '[Tt ].*(Z|[+-]\d{2}:?\d{2})$') THEN CAST(try_cast(x AS TIMESTAMPTZ) AS TIMESTAMP)
  ELSE try_cast(x AS TIMESTAMP) END;

-- Every space that Unicode knows as an ordinary one: sheets put no-break spaces into numbers.
CREATE OR REPLACE MACRO plain_spaces(x) AS regexp_replace(x, '[\s\v\p{Z}\x{feff}]', ' ', 'g');

-- Steps of the canonical phone, as in kernel/brazil/phone.ts; a test compares them on random numbers.
CREATE OR REPLACE MACRO phone_written(x) AS
  regexp_replace(regexp_replace(trim(plain_spaces(x)), '\s*(ramal|ext\.?|r\.)\s*\d+$', '', 'i'), '^(\d{8,14})\.0$', '\1');

CREATE OR REPLACE MACRO phone_without_country(d) AS
  CASE WHEN starts_with(d, '0055') THEN substr(d, 5)
  WHEN starts_with(d, '00') THEN ''
  WHEN starts_with(d, '55') AND length(d) >= 12 THEN substr(d, 3)
  ELSE d END;

CREATE OR REPLACE MACRO phone_without_trunk(d) AS
  CASE WHEN d[1] <> '0' THEN d WHEN length(d) IN (13, 14) THEN substr(d, 4) ELSE substr(d, 2) END;

CREATE OR REPLACE MACRO phone_with_ninth(d) AS
  CASE WHEN length(d) = 10 AND d[3] >= '6' THEN d[1:2] || '9' || substr(d, 3) ELSE d END;

CREATE OR REPLACE MACRO phone_valid(d) AS
  regexp_full_match(d, '(1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9])([2-5]\d{7}|9\d{8})');

CREATE OR REPLACE MACRO phone_if_valid(d) AS CASE WHEN phone_valid(d) THEN d END;

CREATE OR REPLACE MACRO phone_without_marks(x) AS translate(x, ' ()-', '');

-- `1.234,5` as `1234.5`; NULL for a number written in another way.
CREATE OR REPLACE MACRO brazilian_number(x) AS
  CASE WHEN regexp_full_match(x, '-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?') THEN replace(replace(x, '.', ''), ',', '.') END;

-- An agent's code; a sheet that took it for a number writes `2073.0`.
CREATE OR REPLACE MACRO agent_code(x) AS
  CASE WHEN ends_with(x, '.0') AND regexp_full_match(x, '\d+\.0+') THEN split_part(x, '.', 1) ELSE x END;

-- A number with a point or a comma as its decimal mark; NULL where the point may as well part thousands, as in `1.234`.
CREATE OR REPLACE MACRO plain_number(x) AS
  CASE WHEN NOT regexp_full_match(x, '-?[1-9]\d{0,2}\.\d{3}') THEN replace(x, ',', '.') END;

-- A list of one element names a value, so that each step is evaluated once. Plainly written numbers take the short ways.
CREATE OR REPLACE MACRO canonical_phone(x) AS
  CASE WHEN phone_valid(x) THEN x
  WHEN x IS NULL OR length(x) < 10 THEN NULL
  WHEN phone_valid(phone_without_marks(x)) THEN phone_without_marks(x)
  WHEN regexp_full_match(phone_without_marks(x), '[1-9]\d[6-9]\d{7}') THEN phone_if_valid(phone_with_ninth(phone_without_marks(x)))
  WHEN regexp_full_match(phone_without_marks(x), '(\+?55)?0?[1-9]\d{9,10}')
  THEN phone_if_valid(phone_with_ninth(regexp_extract(phone_without_marks(x), '^(?:\+?55)?0?([1-9]\d{9,10})$', 1)))
  ELSE list_transform(
    list_transform(
      list_transform([phone_written(x)], lambda w: CASE
        WHEN regexp_full_match(w, '[+\d\s().\-/xX]+') AND (w[1] <> '+' OR starts_with(digits_of(w), '55')) THEN digits_of(w) END),
      lambda d: phone_without_country(d)),
    lambda d: phone_if_valid(phone_with_ninth(phone_without_trunk(d))))[1]
  END;

-- The check digits of the eleven digits of a CPF as one number.
CREATE OR REPLACE MACRO cpf_first(n) AS
  ((n // 10000000000 % 10) * 10 + (n // 1000000000 % 10) * 9 + (n // 100000000 % 10) * 8 + (n // 10000000 % 10) * 7 + (n // 1000000 % 10) * 6 + (n // 100000 % 10) * 5 + (n // 10000 % 10) * 4 + (n // 1000 % 10) * 3 + (n // 100 % 10) * 2) * 10 % 11 % 10;

CREATE OR REPLACE MACRO cpf_second(n) AS
  ((n // 10000000000 % 10) * 11 + (n // 1000000000 % 10) * 10 + (n // 100000000 % 10) * 9 + (n // 10000000 % 10) * 8 + (n // 1000000 % 10) * 7 + (n // 100000 % 10) * 6 + (n // 10000 % 10) * 5 + (n // 1000 % 10) * 4 + (n // 100 % 10) * 3 + (n // 10 % 10) * 2) * 10 % 11 % 10;

CREATE OR REPLACE MACRO cpf_number_valid(n) AS
  n % 11111111111 <> 0 AND n <> 12345678909 AND cpf_first(n) = n // 10 % 10 AND cpf_second(n) = n % 10;

CREATE OR REPLACE MACRO cpf_if_valid(d) AS
  CASE WHEN list_transform([CAST(d AS BIGINT)], lambda n: cpf_number_valid(n))[1] THEN d END;

-- As in kernel/brazil/cpf.ts: with or without the official mask, or 9 or 10 digits that lost their zeros in a sheet.
CREATE OR REPLACE MACRO cpf_written(w) AS
  CASE WHEN regexp_full_match(w, '\d{9,10}') THEN lpad(w, 11, '0')
  WHEN regexp_full_match(w, '\d{3}\.?\d{3}\.?\d{3}-?\d{2}') THEN translate(w, '.-', '') END;

CREATE OR REPLACE MACRO cpf_without_marks(x) AS translate(x, '.-', '');

CREATE OR REPLACE MACRO canonical_cpf(x) AS
  CASE WHEN x IS NULL THEN NULL
  WHEN regexp_full_match(x, '\d{3}\.?\d{3}\.?\d{3}-?\d{2}') THEN cpf_if_valid(cpf_without_marks(x))
  ELSE list_transform(
    list_transform([trim(plain_spaces(x))], lambda w: cpf_written(w)),
    lambda d: cpf_if_valid(d))[1]
  END;

CREATE OR REPLACE MACRO canonical_email(x) AS
  CASE WHEN regexp_full_match(lower(trim(x)), '[^@\s,;<>"]+@[^@\s,;<>"]+\.[a-z]{2,}') THEN lower(trim(x)) END;

-- The value of a digit or a capital letter in a CNPJ: its ASCII code less 48 (IN RFB 2.229/2024).
CREATE OR REPLACE MACRO cnpj_value(d, place) AS ascii(d[place]) - 48;

-- A check digit: the remainder of the weighted sum of the characters before it.
CREATE OR REPLACE MACRO cnpj_digit(sum) AS CASE WHEN sum % 11 < 2 THEN 0 ELSE 11 - sum % 11 END;

CREATE OR REPLACE MACRO cnpj_sum(d, weights) AS
  list_sum(list_transform(range(1, len(weights) + 1), lambda place: cnpj_value(d, place) * weights[place]));

CREATE OR REPLACE MACRO cnpj_if_valid(d) AS
  CASE
    WHEN regexp_full_match(d, '[0-9A-Z]{12}[0-9]{2}') AND d <> repeat(d[1], 14)
      AND cnpj_value(d, 13) = cnpj_digit(cnpj_sum(d, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))
      AND cnpj_value(d, 14) = cnpj_digit(cnpj_sum(d, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))
    THEN d
  END;

-- 12 or 13 bare digits get back the zeros they lost.
CREATE OR REPLACE MACRO canonical_cnpj(x) AS
  CASE
    WHEN regexp_full_match(trim(x), '\d{12,13}') THEN cnpj_if_valid(lpad(trim(x), 14, '0'))
    WHEN regexp_full_match(upper(trim(x)), '[\dA-Z]{2}\.?[\dA-Z]{3}\.?[\dA-Z]{3}/?[\dA-Z]{4}-?\d{2}')
    THEN cnpj_if_valid(translate(upper(trim(x)), './-', ''))
  END;

-- Forms that steps understand and write, as in steps/forms.ts. `1.234` may be two numbers: it is none.
CREATE OR REPLACE MACRO step_number(x) AS
  list_transform([regexp_replace(x, '[\s\x{a0}+]|R\$', '', 'g')], lambda v: CASE
    WHEN regexp_full_match(v, '-?(\d{1,3}(\.\d{3})+|\d+),\d+|-?\d{1,3}(\.\d{3}){2,}') THEN replace(replace(v, '.', ''), ',', '.')
    WHEN regexp_full_match(v, '-?\d+(\.\d+)?') AND NOT regexp_full_match(v, '-?[1-9]\d{0,2}\.\d{3}') THEN v END)[1];

CREATE OR REPLACE MACRO step_moment(x) AS
  list_transform([x], lambda v: CASE
    WHEN regexp_full_match(v, '\d{4}-\d{2}-\d{2}([T ].*)?') THEN moment_of_iso(v)
    WHEN regexp_full_match(v, '\d{2}[/.-]\d{2}[/.-]\d{4}( .*)?') THEN try_strptime(translate(v[1:10], '.-', '//') || v[11:],
      ['%d/%m/%Y', '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y %H:%M:%S.%f']) END)[1];

-- A number as text with a decimal comma, to six decimals of the fifteen digits that a sheet shows; NULL from 10^15 on.
CREATE OR REPLACE MACRO step_text(n) AS
  list_transform(
    list_transform([CAST(n AS DOUBLE)], lambda v: CASE WHEN abs(v) < 1e15
      THEN round(v, greatest(0, least(6, 14 - CAST(floor(log10(greatest(abs(v), 1))) AS INTEGER)))) END),
    lambda r: replace(regexp_replace(regexp_replace(
      CASE WHEN abs(r) < 1 THEN CAST(CAST(r AS DECIMAL(24,6)) AS VARCHAR) ELSE CAST(r AS VARCHAR) END, '(\..*?)0+$', '\1'), '\.$', ''), '.', ','))[1];

-- Modulo 10 over all digits, the check digit last: weights 1 and 2 from the right, digits of each product added.
CREATE OR REPLACE MACRO mod10_valid(d) AS
  CASE WHEN length(d) < 2 THEN false ELSE
    list_sum(list_transform(range(1, length(d) + 1), lambda place:
      CASE WHEN (length(d) - place) % 2 = 0 THEN CAST(d[place] AS INTEGER)
      ELSE CAST(d[place] AS INTEGER) * 2 // 10 + CAST(d[place] AS INTEGER) * 2 % 10 END)) % 10 = 0 END;

-- Modulo 11: weights 2 to 9 from the right of the digits before the last; 11 less the remainder, 0 where it has two digits.
CREATE OR REPLACE MACRO mod11_digit(sum) AS CASE WHEN sum % 11 < 2 THEN 0 ELSE 11 - sum % 11 END;

CREATE OR REPLACE MACRO mod11_valid(d) AS
  CASE WHEN length(d) < 2 THEN false ELSE
    mod11_digit(list_sum(list_transform(range(1, length(d)), lambda place:
      CAST(d[place] AS INTEGER) * (2 + (length(d) - 1 - place) % 8)))) = CAST(d[length(d)] AS INTEGER) END;
