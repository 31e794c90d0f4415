-- The time of day of a deadline has a column of its own: of a text that names one time, that one. The text stays.
UPDATE reference_row SET said = said || jsonb_build_object('due_at', coalesce((
    SELECT lpad(found[1], 2, '0') || ':' || coalesce(found[2], found[3], '00')
    FROM regexp_matches(said->>'deadline', '\m([01]?[0-9]|2[0-3])(?::([0-5][0-9])|h([0-5][0-9])?)\M') AS found
    WHERE regexp_count(said->>'deadline', '\m([01]?[0-9]|2[0-3])(?::[0-5][0-9]|h(?:[0-5][0-9])?)\M') = 1), ''))
WHERE kind = 'arrivals' AND NOT said ? 'due_at';
