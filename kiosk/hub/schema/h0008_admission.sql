-- Version 8: an entry is checked against the declaration of its kind before it counts. `kiosk.declared_fault`, which says what
-- is wrong, is made by `kiosk hub init` from the program's own declarations (kiosk/hub/declared.py).
--
-- The reason of an entry that was put aside is 'aside:' and what is wrong, as on a tablet. It is judged anew when a newer
-- program declares more, and when a time that was ahead has come. Other reasons are final.

-- First what a push takes first, so that neither waits for the other.
LOCK TABLE kiosk.centre IN ACCESS EXCLUSIVE MODE;

-- The version of the data of the program whose declarations these are: an older program does not replace them.
ALTER TABLE kiosk.hub ADD COLUMN declared int NOT NULL DEFAULT 0;

-- Types of JSON values. Null, for a field that is not there, is none of them.

CREATE FUNCTION kiosk.is_text(v jsonb, longest int) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(v) = 'string' AND length(v #>> '{}') <= longest AND v #>> '{}' !~ '[\u0001-\u0008\u000b-\u001f\u007f]' $$;
CREATE FUNCTION kiosk.is_matching(v jsonb, pattern text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(v) = 'string' AND v #>> '{}' ~ pattern $$;
CREATE FUNCTION kiosk.is_one_of(v jsonb, words text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(v) = 'string' AND v #>> '{}' = ANY (words) $$;
CREATE FUNCTION kiosk.is_number(v jsonb, lowest numeric, highest numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(v) = 'number' THEN v::numeric BETWEEN lowest AND highest ELSE false END $$;
CREATE FUNCTION kiosk.is_integer(v jsonb, lowest numeric, highest numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN kiosk.is_number(v, lowest, highest) THEN v::text ~ '^-?[0-9]+$' ELSE false END $$;
CREATE FUNCTION kiosk.is_list(v jsonb, most int) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(v) = 'array' THEN jsonb_array_length(v) <= most ELSE false END $$;
CREATE FUNCTION kiosk.is_table(v jsonb, most int) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(v) = 'object' THEN (SELECT count(*) <= most FROM jsonb_object_keys(v)) ELSE false END $$;
-- A day of 1900 to 2099 that the calendar has.
CREATE FUNCTION kiosk.is_date(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT t ~ '^(19|20)[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$'
        OR t ~ '^((19|20)(0[48]|[2468][048]|[13579][26])|2000)-02-29$' $$;
CREATE FUNCTION kiosk.is_time(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT kiosk.is_date(left(t, 10)) AND t >= '1970'
        AND substr(t, 11) ~ '^T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{6}Z$' $$;
CREATE FUNCTION kiosk.is_day(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(v) = 'string' AND kiosk.is_date(v #>> '{}') $$;
CREATE FUNCTION kiosk.is_moment(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(v) = 'string' AND kiosk.is_time(v #>> '{}') $$;
CREATE FUNCTION kiosk.is_session(v jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(v) = 'string' AND length(v #>> '{}') BETWEEN 17 AND 166 AND v #>> '{}' !~ '[\u0001-\u001f]'
        AND right(v #>> '{}', 16) ~ '^:[0-9]{4}-[0-9]{2}-[0-9]{2}:([01][0-9]|2[0-3])[0-5][0-9]$'
        AND kiosk.is_date(left(right(v #>> '{}', 15), 10)) $$;
-- Anything, no deeper, longer or larger than is read.
CREATE FUNCTION kiosk.is_plain(v jsonb, deepest int, most int, longest int, too_large numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_path_exists(v, format('strict $.**{%s to last} ? (@.type() == "array" || @.type() == "object")', deepest)::jsonpath)
        THEN false
        ELSE NOT EXISTS (SELECT FROM jsonb_path_query(v, 'strict $.**') AS one WHERE NOT CASE jsonb_typeof(one)
            WHEN 'string' THEN kiosk.is_text(one, longest)
            WHEN 'number' THEN kiosk.is_number(one, -too_large, too_large) AND abs(one::numeric) <> too_large
            WHEN 'array' THEN kiosk.is_list(one, most)
            WHEN 'object' THEN kiosk.is_table(one, most)
                AND NOT EXISTS (SELECT FROM jsonb_object_keys(one) AS key WHERE NOT kiosk.is_text(to_jsonb(key), longest))
            ELSE true END) END $$;

-- Replaced before this step ends.
CREATE FUNCTION kiosk.declared_fault(p_kind text, p_who text, p_said jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
    $$ BEGIN RETURN 'payload'; END $$;

-- What is wrong with an entry, or null: what `fault` says on a tablet. `p_ahead`: the first id that is too far ahead.
CREATE FUNCTION kiosk.fault(p_id text, p_ahead text, p_time text, p_kind text, p_who text, p_said jsonb) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_id > p_ahead THEN 'ahead'
        WHEN NOT kiosk.is_time(p_time) THEN 'time'
        WHEN NOT kiosk.is_text(to_jsonb(p_who), 200) THEN 'who'
        ELSE kiosk.declared_fault(p_kind, p_who, p_said) END $$;

-- The first id of tomorrow's at this time.
CREATE FUNCTION kiosk.too_far() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT lpad(to_hex((extract(epoch FROM clock_timestamp() + interval '1 day') * 1000)::bigint), 12, '0') $$;

-- One line of a push as it was read; `n` is null for what is no line. `whole` tells whether it is written as tablets write
-- it, with nothing left out, and has the hash it should.
CREATE TYPE kiosk.told AS (at int, n bigint, id text, time text, kind text, who text, payload text, prev_hash text, hash text,
    size int, whole boolean, said jsonb);

-- Read lines. What is longer than an entry can be is not read, but for its number.
CREATE FUNCTION kiosk.read_lines(p_device text, p_lines text[], p_hashes text[]) RETURNS SETOF kiosk.told
LANGUAGE plpgsql VOLATILE SET search_path = kiosk, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT at::int, n, parts ->> 2, parts ->> 3, parts ->> 4, parts ->> 5, parts ->> 6, parts ->> 7, own,
        least(octet_length(line), 500000), coalesce(line = format('[%s,%s,%s,%s,%s,%s,%s,%s]', to_json(p_device), n,
            to_json(parts ->> 2), to_json(parts ->> 3), to_json(parts ->> 4), to_json(parts ->> 5), to_json(parts ->> 6),
            to_json(parts ->> 7)) AND own = encode(sha256(convert_to(line, 'UTF8')), 'hex'), false),
        CASE WHEN length(parts ->> 6) <= 65536 THEN kiosk.readable(parts ->> 6) END
    FROM (
        SELECT at, line, own, kiosk.readable(CASE WHEN octet_length(line) <= 500000 THEN line END) AS parts,
            CASE WHEN own ~ '^[0-9a-f]{64}$' THEN substring(left(line, 300) FROM '^\["[^"]*",([1-9][0-9]{0,14}),')::bigint END AS n
        FROM unnest(p_lines, p_hashes) WITH ORDINALITY AS one(line, own, at) OFFSET 0) AS read ORDER BY at;
END $$;

-- How many of the lines follow each other, are known or come next, and are within today's limits: (number, and why no more).
CREATE FUNCTION kiosk.usable(p_lines kiosk.told[], d kiosk.device, p_base text, p_left_lines bigint, p_left_bytes bigint,
    OUT count int, OUT outcome text)
LANGUAGE plpgsql STABLE SET search_path = kiosk, pg_temp AS $$
BEGIN
    SELECT coalesce(min(judged.at) FILTER (WHERE why IS NOT NULL) - 1, cardinality(p_lines))::int,
        coalesce((array_agg(why ORDER BY judged.at) FILTER (WHERE why IS NOT NULL))[1], 'ok')
    INTO count, outcome FROM (
        SELECT l.at, CASE
            WHEN l.n IS NULL OR l.n > d.last_seq + 1 AND l.at = 1 OR l.n <> first_value(l.n) OVER told + l.at - 1 THEN 'gap'
            WHEN l.n <= d.last_seq AND e.hash IS DISTINCT FROM l.hash THEN 'forked'
            WHEN l.n = d.last_seq + 1 AND l.at = 1 AND p_base IS DISTINCT FROM d.last_hash THEN 'forked'
            WHEN l.n > d.last_seq AND (p_left_lines < l.n - d.last_seq
                OR p_left_bytes < sum(l.size) FILTER (WHERE l.n > d.last_seq) OVER told) THEN 'limit'
            END AS why
        FROM unnest(p_lines) AS l
            LEFT JOIN event AS e ON e.device = d.id AND e.seq = l.n AND l.n <= d.last_seq
        WINDOW told AS (ORDER BY l.at)) AS judged;
END $$;

-- Judge new lines and add them. What is put aside or rejected keeps its place, so that the chain is whole; of what nobody can
-- read nothing else is kept.
CREATE FUNCTION kiosk.add_lines(p_centre int, p_head bigint, d kiosk.device, p_lines kiosk.told[]) RETURNS SETOF kiosk.event
LANGUAGE plpgsql VOLATILE SET search_path = kiosk, pg_temp AS $$
BEGIN
    RETURN QUERY WITH judged AS (
        SELECT l.*, split_part(l.kind, '.', 1) AS thing, CASE
            WHEN l.size = 500000 OR length(l.payload) > 65536 THEN 'size'
            WHEN NOT l.whole OR l.prev_hash <> lag(l.hash, 1, d.last_hash) OVER (ORDER BY l.at) THEN 'chain'
            WHEN l.kind !~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$' OR length(l.kind) > 100 THEN 'kind'
            WHEN l.said IS NULL OR jsonb_typeof(l.said) <> 'object' THEN 'unreadable'
            WHEN l.id !~ '^0[0-9a-f]{11}7[0-9a-f]{19}$' THEN 'id'
            WHEN row_number() OVER (PARTITION BY l.id ORDER BY l.at) > 1 OR EXISTS (
                SELECT 1 FROM event AS e WHERE e.centre = p_centre AND e.id = l.id AND e.reason IS NULL) THEN 'twice'
            WHEN l.who = 'hub' AND (l.n > 1 OR d.id <> kiosk.decider(l.id)) THEN 'aside:who'
            ELSE 'aside:' || kiosk.fault(l.id, ahead, l.time, l.kind, l.who, l.said) END AS why
        FROM unnest(p_lines) AS l, kiosk.too_far() AS ahead WHERE l.n > d.last_seq),
    bounded AS (
        SELECT *, coalesce(why IN ('size', 'chain', 'unreadable', 'kind', 'id'), false) AS empty FROM judged)
    INSERT INTO event (centre, position, device, seq, id, time, kind, who, payload, prev_hash, hash, subject, reason)
        SELECT p_centre, p_head + n - d.last_seq, d.id, n, CASE WHEN empty THEN '' ELSE id END,
            CASE WHEN empty THEN '' ELSE left(time, 200) END, CASE WHEN empty THEN 'unreadable' ELSE kind END,
            CASE WHEN empty THEN '' ELSE left(who, 500) END, CASE WHEN empty THEN '{}' ELSE payload END,
            CASE WHEN empty THEN lag(hash, 1, d.last_hash) OVER (ORDER BY at) ELSE prev_hash END, hash,
            CASE WHEN why IS NULL AND kiosk.is_text(said -> thing, 200) THEN said ->> thing END, why
        FROM bounded ORDER BY n
    RETURNING *;
END $$;

-- Keep what belongs to entries. What is no part of any, or too large, is left out.
CREATE FUNCTION kiosk.keep_parcels(p_centre int, p_parcels jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
BEGIN
    INSERT INTO parcel (centre, subject, part, data)
        SELECT p_centre, p ->> 0, p ->> 1, decode(p ->> 2, 'base64')
        FROM jsonb_array_elements(CASE WHEN jsonb_typeof(p_parcels) = 'array' THEN p_parcels ELSE '[]' END) AS p
        WHERE CASE WHEN jsonb_typeof(p) = 'array' THEN kiosk.is_text(p -> 0, 200) AND length(p ->> 2) <= 65536
                AND p ->> 1 ~ '^([a-z]{1,20}[.]code|box:[0-9a-f]{8,128})$'
                AND p ->> 2 ~ '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' END
            AND NOT (p ->> 1 LIKE 'box:%' AND EXISTS (
                SELECT 1 FROM tombstone AS s WHERE s.centre = p_centre AND s.subject = p ->> 0))
        ON CONFLICT DO NOTHING;
END $$;

-- Do what entries that count say: lay tombstones, and settle whose units are whose.
CREATE FUNCTION kiosk.apply(p_centre int, p_events kiosk.event[]) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE about text; items text[];
BEGIN
    INSERT INTO tombstone (centre, subject)
        SELECT DISTINCT p_centre, subject FROM unnest(p_events) WHERE kind LIKE '%.erased' AND subject IS NOT NULL
        ON CONFLICT DO NOTHING;
    DELETE FROM parcel WHERE centre = p_centre AND part LIKE 'box:%' AND subject IN (
        SELECT subject FROM unnest(p_events) WHERE kind LIKE '%.erased');
    items := ARRAY(SELECT DISTINCT subject FROM unnest(p_events) WHERE kind LIKE 'item.%' AND subject IS NOT NULL);
    FOR about IN SELECT DISTINCT subject FROM unnest(p_events) WHERE kind LIKE 'ticket.%' AND subject IS NOT NULL ORDER BY 1 LOOP
        items := items || kiosk.refresh(p_centre, about);
    END LOOP;
    FOR about IN SELECT DISTINCT one FROM unnest(items) AS one WHERE one IS NOT NULL ORDER BY 1 LOOP
        PERFORM kiosk.arbitrate(p_centre, about);
    END LOOP;
END $$;

-- Add entries of a device's journal, in order. `p_lines` are the texts that were hashed to `p_hashes`; `p_base` is the
-- hash the first of them follows. Returns how far the device has come, a verdict for each, and "ok", or "gap" (entries
-- are missing before one), "forked" (the hub knows another entry of that number), "limit" (no more today).
CREATE OR REPLACE FUNCTION kiosk.push(p_device text, p_base text, p_lines text[], p_hashes text[], p_parcels jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE
    t tablet := kiosk.me(); here centre := kiosk.locked(t.centre); d device; told kiosk.told[]; added kiosk.event[];
    good kiosk.event[]; has record; use record; verdicts jsonb; before bigint; brought bigint := length(p_parcels::text);
BEGIN
    IF p_device !~ '^[0-9a-f]{32}$' OR cardinality(p_lines) > 5000 OR brought > 20000000 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'this is no journal';
    END IF;
    told := ARRAY(SELECT kiosk.read_lines(p_device, p_lines, p_hashes));
    INSERT INTO device (id, centre, tablet) VALUES (p_device, t.centre, CASE WHEN told[1].who <> 'hub' THEN t.role END)
        ON CONFLICT DO NOTHING;
    SELECT * INTO d FROM device WHERE id = p_device FOR UPDATE;
    IF d.centre <> t.centre THEN
        RAISE insufficient_privilege USING MESSAGE = 'this device is of another centre';
    END IF;
    before := d.last_seq;
    SELECT * INTO has FROM kiosk.left_today(t.role);
    SELECT * INTO use FROM kiosk.usable(told, d, p_base, CASE WHEN has.calls > 0 THEN has.lines ELSE 0 END, has.bytes);
    told := told[1:use.count];
    added := ARRAY(SELECT one FROM kiosk.add_lines(t.centre, here.head, d, told) AS one);
    good := ARRAY(SELECT one FROM unnest(added) AS one WHERE reason IS NULL);
    IF cardinality(added) > 0 THEN
        UPDATE device SET last_seq = told[use.count].n, last_hash = told[use.count].hash WHERE id = p_device RETURNING * INTO d;
        UPDATE centre SET head = head + cardinality(added),
            latest = greatest(latest, (SELECT max(id) FROM unnest(good))) WHERE id = t.centre;
    END IF;
    SELECT coalesce(jsonb_agg(CASE WHEN e.reason IS NOT NULL THEN jsonb_build_array(l.n, 'rejected', e.reason)
            ELSE jsonb_build_array(l.n, CASE WHEN l.n <= before THEN 'duplicate' ELSE 'applied' END) END ORDER BY l.at), '[]')
        INTO verdicts FROM unnest(told) AS l JOIN event AS e ON e.device = p_device AND e.seq = l.n;
    -- What lines bring comes with them, so that nothing of them is lost; the last of a day may go over it.
    IF kiosk.spend(t.role, cardinality(added), brought + (SELECT coalesce(sum(size), 0) FROM unnest(told) WHERE n > before))
            AND has.bytes > 0 AND use.count > 0 THEN
        PERFORM kiosk.keep_parcels(t.centre, p_parcels);
    END IF;
    PERFORM kiosk.apply(t.centre, good);
    UPDATE tablet SET seen = clock_timestamp() WHERE role = t.role;
    IF cardinality(added) > 0 THEN
        PERFORM pg_notify('kiosk_' || t.centre, '');
    END IF;
    RETURN jsonb_build_object('last', d.last_seq, 'outcome', use.outcome, 'verdicts', verdicts);
END $$;

-- Judge anew what was put aside in a centre: whether a newer program declares it, whether its time has come.
CREATE FUNCTION kiosk.reconsider(p_centre int, p_reason text) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE good kiosk.event[];
BEGIN
    PERFORM kiosk.locked(p_centre);
    WITH fine AS (
        SELECT e.position, e.payload::jsonb AS said FROM event AS e WHERE e.centre = p_centre AND e.reason LIKE p_reason
            AND kiosk.fault(e.id, kiosk.too_far(), e.time, e.kind, e.who, e.payload::jsonb) IS NULL
            AND (e.who <> 'hub' OR e.device = kiosk.decider(e.id))
            AND NOT EXISTS (SELECT 1 FROM event AS o WHERE o.centre = p_centre AND o.id = e.id AND o.reason IS NULL)
        ORDER BY e.position LIMIT 10000),
    changed AS (
        UPDATE event AS e SET reason = NULL, subject = CASE WHEN kiosk.is_text(said -> split_part(e.kind, '.', 1), 200)
            THEN said ->> split_part(e.kind, '.', 1) END
        FROM fine WHERE e.centre = p_centre AND e.position = fine.position RETURNING e.*)
    SELECT coalesce(array_agg(changed::event), '{}') INTO good FROM changed;
    UPDATE centre SET latest = greatest(latest, (SELECT max(id) FROM unnest(good))) WHERE id = p_centre;
    PERFORM kiosk.apply(p_centre, good);
END $$;

CREATE OR REPLACE FUNCTION kiosk.hello(p_program text, p_cursor bigint, p_cursor_id text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    PERFORM kiosk.end_overdue();
    IF EXISTS (SELECT FROM event WHERE centre = t.centre AND reason = 'aside:ahead' AND id < kiosk.too_far()) THEN
        PERFORM kiosk.reconsider(t.centre, 'aside:ahead');
    END IF;
    UPDATE tablet SET seen = clock_timestamp(), program = left(p_program, 40) WHERE role = t.role;
    RETURN jsonb_build_object(
        'version', (SELECT version FROM hub),
        'least', (SELECT least FROM hub),
        'now', extract(epoch FROM clock_timestamp()) * 1000,
        'centre', t.centre,
        'same', p_cursor = 0 OR EXISTS (
            SELECT 1 FROM event WHERE centre = t.centre AND position = p_cursor AND id = p_cursor_id),
        'devices', (SELECT coalesce(jsonb_object_agg(id, jsonb_build_array(last_seq, last_hash)), '{}')
                    FROM device WHERE centre = t.centre AND tablet IS NOT NULL));
END $$;

-- What was told before and nobody could read is emptied: no tablet reads it any more.
UPDATE kiosk.event SET payload = '{}', kind = 'unreadable', id = '', time = '', who = ''
    WHERE reason IS NOT NULL AND reason NOT IN ('twice') AND (length(payload) > 65536 OR kiosk.readable(payload) IS NULL);

-- A clock that was far ahead no longer carries the ids of a centre with it.
UPDATE kiosk.centre AS c SET latest = coalesce((
        SELECT max(e.id) FROM kiosk.event AS e WHERE e.centre = c.id AND e.reason IS NULL AND e.id < ahead), '')
    FROM kiosk.too_far() AS ahead WHERE c.latest > ahead;

-- What was put aside, by tablet: for the owner.
CREATE VIEW kiosk.put_aside AS
    SELECT c.name AS centre, t.name AS tablet, e.kind, e.reason, e.received FROM kiosk.event AS e
    JOIN kiosk.centre AS c ON c.id = e.centre LEFT JOIN kiosk.device AS d ON d.id = e.device
    LEFT JOIN kiosk.tablet AS t ON t.role = d.tablet WHERE e.reason IS NOT NULL AND e.reason <> 'twice';

REVOKE ALL ON kiosk.put_aside FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA kiosk FROM PUBLIC;
