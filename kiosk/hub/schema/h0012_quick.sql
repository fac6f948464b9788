-- Version 12: a push costs half as much; what it checks and counts is the same.
--
-- A pattern that counts characters makes a new state for each of them, and each of those is made anew for each text: so the
-- length is compared by itself. An exception block costs a subtransaction: so a push has two, not two for each line. What is
-- looked up by its key has LIMIT 1: else a plan may read all of a centre. `is_matching` and `is_session` are written out in newer
-- declarations, and a push reads and adds lines by other functions; the old ones stay for what has begun in the version before.

-- First what a push takes first, so that neither waits for the other.
LOCK TABLE kiosk.centre IN ACCESS EXCLUSIVE MODE;

-- The digits after the point are told by the number; as text it would be written down first.
CREATE OR REPLACE FUNCTION kiosk.is_integer(v jsonb, lowest numeric, highest numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(v) = 'number' THEN v::numeric BETWEEN lowest AND highest AND scale(v::numeric) = 0 ELSE false END $$;
CREATE OR REPLACE FUNCTION kiosk.number(p_said jsonb) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(p_said) = 'number' THEN
        CASE WHEN abs(p_said::numeric) < 1000000000 AND scale(p_said::numeric) = 0 THEN p_said::int END END $$;

CREATE OR REPLACE FUNCTION kiosk.fault(p_id text, p_ahead text, p_time text, p_kind text, p_who text, p_said jsonb) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_id > p_ahead THEN 'ahead'
        WHEN NOT kiosk.is_time(p_time) THEN 'time'
        WHEN length(p_who) > 200 OR p_who ~ '[\u0001-\u0008\u000b-\u001f\u007f]' THEN 'who'
        ELSE kiosk.declared_fault(p_kind, p_who, p_said) END $$;

-- Texts as JSON; null is what is none.
CREATE FUNCTION kiosk.readable_each(p_texts text[]) RETURNS jsonb[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN p_texts::jsonb[];
EXCEPTION WHEN OTHERS THEN
    RETURN ARRAY(SELECT kiosk.readable(one) FROM unnest(p_texts) WITH ORDINALITY AS each(one, at) ORDER BY at);
END $$;

-- Read lines. What is longer than an entry can be is not read, but for its number. A line that is written as tablets write it
-- tells its number at once; in another one it is looked for.
CREATE FUNCTION kiosk.read_journal(p_device text, p_lines text[], p_hashes text[]) RETURNS kiosk.told[]
LANGUAGE plpgsql VOLATILE SET search_path = kiosk, pg_temp AS $$
DECLARE read jsonb[]; said jsonb[];
BEGIN
    read := kiosk.readable_each(ARRAY(
        SELECT CASE WHEN octet_length(line) <= 500000 THEN line END
        FROM unnest(p_lines) WITH ORDINALITY AS one(line, at) ORDER BY at));
    said := kiosk.readable_each(ARRAY(
        SELECT CASE WHEN length(parts ->> 6) <= 65536 THEN parts ->> 6 END
        FROM unnest(read) WITH ORDINALITY AS one(parts, at) ORDER BY at));
    RETURN ARRAY(SELECT ROW (at::int, CASE WHEN good AND parts ->> 1 ~ '^[1-9][0-9]{0,14}$' THEN (parts ->> 1)::bigint
            WHEN length(own) = 64 AND own ~ '^[0-9a-f]+$'
            THEN substring(left(line, 300) FROM '^\["[^"]*",([1-9][0-9]{0,14}),')::bigint END,
        parts ->> 2, parts ->> 3, parts ->> 4, parts ->> 5, parts ->> 6, parts ->> 7, own,
        least(octet_length(line), 500000), good, its)::kiosk.told
    FROM (
        SELECT one.*, coalesce(line = format('[%s,%s,%s,%s,%s,%s,%s,%s]', to_json(p_device), parts ->> 1,
            to_json(parts ->> 2), to_json(parts ->> 3), to_json(parts ->> 4), to_json(parts ->> 5), to_json(parts ->> 6),
            to_json(parts ->> 7)) AND own = encode(sha256(convert_to(line, 'UTF8')), 'hex'), false) AS good
        FROM unnest(p_lines, p_hashes, read, said) WITH ORDINALITY AS one(line, own, parts, its, at) OFFSET 0) AS read ORDER BY at);
END $$;

-- Judge new lines and add them. What is put aside or rejected keeps its place, so that the chain is whole; of what nobody can
-- read nothing else is kept.
CREATE FUNCTION kiosk.add_to_journal(p_centre int, p_head bigint, d kiosk.device, p_lines kiosk.told[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = kiosk, pg_temp AS $$
BEGIN
    WITH told AS (
        SELECT l.*, row_number() OVER (PARTITION BY l.id ORDER BY l.at) AS times,
            lag(l.hash, 1, d.last_hash) OVER (ORDER BY l.at) AS prior
        FROM unnest(p_lines) AS l WHERE l.n > d.last_seq),
    judged AS (
        SELECT l.*, split_part(l.kind, '.', 1) AS thing, CASE
            WHEN l.size = 500000 OR length(l.payload) > 65536 THEN 'size'
            WHEN NOT l.whole OR l.prev_hash <> l.prior THEN 'chain'
            WHEN l.kind !~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$' OR length(l.kind) > 100 THEN 'kind'
            WHEN l.said IS NULL OR jsonb_typeof(l.said) <> 'object' THEN 'unreadable'
            WHEN length(l.id) <> 32 OR l.id !~ '^0[0-9a-f]+$' OR substr(l.id, 13, 1) <> '7' THEN 'id'
            WHEN l.times > 1 OR (
                SELECT true FROM event AS e WHERE e.centre = p_centre AND e.id = l.id AND e.reason IS NULL LIMIT 1) THEN 'twice'
            WHEN l.who = 'hub' AND (l.n > 1 OR d.id <> kiosk.decider(l.id)) THEN 'aside:who'
            ELSE 'aside:' || kiosk.fault(l.id, ahead, l.time, l.kind, l.who, l.said) END AS why
        FROM kiosk.too_far() AS ahead, told AS l OFFSET 0),
    bounded AS (
        SELECT *, coalesce(why IN ('size', 'chain', 'unreadable', 'kind', 'id'), false) AS empty FROM judged OFFSET 0)
    INSERT INTO event (centre, position, device, seq, id, time, kind, who, payload, prev_hash, hash, subject, reason)
        SELECT p_centre, p_head + n - d.last_seq, d.id, n, CASE WHEN empty THEN '' ELSE id END,
            CASE WHEN empty THEN '' ELSE left(time, 200) END, CASE WHEN empty THEN 'unreadable' ELSE kind END,
            CASE WHEN empty THEN '' ELSE left(who, 500) END, CASE WHEN empty THEN '{}' ELSE payload END,
            CASE WHEN empty THEN prior ELSE prev_hash END, hash,
            CASE WHEN why IS NULL AND kiosk.is_text(said -> thing, 200) THEN said ->> thing END, why
        FROM bounded ORDER BY at;
END $$;

-- A visit that has no other event counts as that one says; the others are counted together with what was there before.
CREATE OR REPLACE FUNCTION kiosk.count_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE rest kiosk.event[];
BEGIN
    IF (SELECT min(position) <= 200 AND max(position) >= 200 FROM added) THEN
        IF NOT EXISTS (SELECT FROM pg_stats WHERE schemaname = 'kiosk' AND tablename = 'event') THEN
            ANALYZE event;
        END IF;
    END IF;
    WITH alone AS MATERIALIZED (
        SELECT centre, subject, payload::jsonb AS said FROM (
            SELECT centre, subject, count(*) AS fresh, min(position) AS position, min(payload) AS payload FROM added
            WHERE reason IS NULL AND subject IS NOT NULL AND kind LIKE 'visit.%' GROUP BY centre, subject OFFSET 0) AS one
        WHERE fresh = 1 AND (
            SELECT true FROM event AS e WHERE e.centre = one.centre AND e.subject = one.subject AND e.reason IS NULL
                AND e.kind LIKE 'visit.%' AND e.position <> one.position LIMIT 1) IS NULL),
    counted AS (
        INSERT INTO total AS t (centre, visits, people)
            SELECT centre, count(*), coalesce(sum(kiosk.number(adults) + kiosk.number(children)), 0)
            FROM (SELECT centre, said -> 'adults' AS adults, said -> 'children' AS children FROM alone
                WHERE kiosk.uncancelled(said) IS NOT NULL OFFSET 0) AS one GROUP BY centre
            ON CONFLICT (centre) DO UPDATE SET visits = t.visits + EXCLUDED.visits, people = t.people + EXCLUDED.people)
    SELECT array_agg(a::event) INTO rest FROM added AS a WHERE a.reason IS NULL AND a.subject IS NOT NULL
        AND (a.kind IN ('session.corrected', 'request.made') OR a.kind LIKE 'visit.%'
            AND (a.centre, a.subject) NOT IN (SELECT centre, subject FROM alone));
    IF rest IS NOT NULL THEN
        PERFORM kiosk.count_in(rest);
    END IF;
    RETURN NULL;
END $$;

-- Plans are made for any centre, not for the one at hand: of a centre that has come since the last ANALYZE statistics say that it
-- has nothing, and then a plan looks each id up by reading all of it.
CREATE OR REPLACE FUNCTION kiosk.push(p_device text, p_base text, p_lines text[], p_hashes text[], p_parcels jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    t tablet := kiosk.me(); here centre := kiosk.locked(t.centre); d device; told kiosk.told[]; moving kiosk.event[];
    has record; use record; verdicts jsonb; before bigint; added int; newest text; brought bigint := length(p_parcels::text);
BEGIN
    IF p_device !~ '^[0-9a-f]{32}$' OR cardinality(p_lines) > 5000 OR brought > 20000000 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'this is no journal';
    END IF;
    told := kiosk.read_journal(p_device, p_lines, p_hashes);
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
    PERFORM kiosk.add_to_journal(t.centre, here.head, d, told);
    -- The lines follow each other, so their events are one range of the key.
    SELECT coalesce(jsonb_agg(CASE WHEN e.reason IS NOT NULL THEN jsonb_build_array(e.seq, 'rejected', e.reason)
            ELSE jsonb_build_array(e.seq, CASE WHEN e.seq <= before THEN 'duplicate' ELSE 'applied' END) END ORDER BY e.seq), '[]'),
        count(*) FILTER (WHERE e.seq > before), max(e.id) FILTER (WHERE e.seq > before AND e.reason IS NULL),
        coalesce(array_agg(e) FILTER (WHERE e.seq > before AND e.reason IS NULL
            AND (e.kind LIKE 'item.%' OR e.kind LIKE 'ticket.%' OR e.kind LIKE '%.erased')), '{}')
        INTO verdicts, added, newest, moving
        FROM event AS e WHERE e.device = p_device AND e.seq BETWEEN told[1].n AND told[use.count].n;
    IF added > 0 THEN
        UPDATE device SET last_seq = told[use.count].n, last_hash = told[use.count].hash WHERE id = p_device RETURNING * INTO d;
        UPDATE centre SET head = head + added, latest = greatest(latest, newest) WHERE id = t.centre;
    END IF;
    -- What lines bring comes with them, so that nothing of them is lost; the last of a day may go over it.
    IF kiosk.spend(t.role, added, brought + (SELECT coalesce(sum(size), 0) FROM unnest(told) WHERE n > before))
            AND has.bytes > 0 AND use.count > 0 THEN
        PERFORM kiosk.keep_parcels(t.centre, p_parcels);
    END IF;
    PERFORM kiosk.apply(t.centre, moving);
    UPDATE tablet SET seen = clock_timestamp() WHERE role = t.role;
    IF added > 0 THEN
        PERFORM pg_notify('kiosk_' || t.centre, '');
    END IF;
    RETURN jsonb_build_object('last', d.last_seq, 'outcome', use.outcome, 'verdicts', verdicts);
END $$;

REVOKE ALL ON FUNCTION kiosk.readable_each(text[]), kiosk.read_journal(text, text[], text[]),
    kiosk.add_to_journal(int, bigint, kiosk.device, kiosk.told[]) FROM PUBLIC;
