-- Version 11: the counts of a centre are kept as its events come, so that reading them takes as long in ten years as today; so does a
-- push.

-- First what a push takes first, so that neither waits for the other.
LOCK TABLE kiosk.centre IN ACCESS EXCLUSIVE MODE;

-- Visits that were not undone and the people of them, people of corrections, requests, units handed over.
CREATE TABLE kiosk.total (
    centre int PRIMARY KEY REFERENCES kiosk.centre, visits bigint NOT NULL DEFAULT 0, people bigint NOT NULL DEFAULT 0,
    corrected bigint NOT NULL DEFAULT 0, requests bigint NOT NULL DEFAULT 0, given bigint NOT NULL DEFAULT 0);

-- What an event says of people, or null.
CREATE FUNCTION kiosk.people(p_said jsonb) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT kiosk.number(p_said -> 'adults') + kiosk.number(p_said -> 'children') $$;

-- Count events that are valid from now on. A visit counts as its events say together, so it is counted with and without
-- the new ones.
CREATE FUNCTION kiosk.count_in(p_events kiosk.event[]) RETURNS void LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
BEGIN
    INSERT INTO total AS t (centre, visits, people, corrected, requests)
        SELECT centre, sum(visits), sum(people), sum(corrected), sum(requests) FROM (
            SELECT centre, 0 AS visits, 0 AS people,
                CASE kind WHEN 'session.corrected' THEN coalesce(kiosk.number(payload::jsonb -> 'adults'), 0)
                    + coalesce(kiosk.number(payload::jsonb -> 'children'), 0) ELSE 0 END AS corrected,
                (kind = 'request.made')::int AS requests
            FROM unnest(p_events) WHERE kind IN ('session.corrected', 'request.made')
            UNION ALL
            SELECT centre, (since IS NOT NULL)::int - (before IS NOT NULL)::int,
                coalesce(kiosk.people(since), 0) - coalesce(kiosk.people(before), 0), 0, 0
            FROM (SELECT DISTINCT centre, subject FROM unnest(p_events) WHERE kind LIKE 'visit.%') AS about,
                LATERAL (
                    SELECT kiosk.uncancelled(kiosk.merge(e.payload::jsonb ORDER BY e.id)) AS since,
                        kiosk.uncancelled(kiosk.merge(e.payload::jsonb ORDER BY e.id)
                            FILTER (WHERE e.position <> ALL (ARRAY(SELECT position FROM unnest(p_events))))) AS before
                    FROM event AS e WHERE e.centre = about.centre AND e.subject = about.subject AND e.reason IS NULL
                        AND e.kind LIKE 'visit.%') AS visit) AS each
        GROUP BY centre
        ON CONFLICT (centre) DO UPDATE SET visits = t.visits + EXCLUDED.visits, people = t.people + EXCLUDED.people,
            corrected = t.corrected + EXCLUDED.corrected, requests = t.requests + EXCLUDED.requests;
END $$;

-- A visit as its events say together, null when there is none or it was undone.
CREATE FUNCTION kiosk.uncancelled(p_said jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN p_said = '{}' OR p_said -> 'undone' = 'true' THEN NULL ELSE p_said END $$;

-- A table that was never analysed gets plans that read a whole centre for one subject, and autovacuum takes a minute to
-- come, in which a centre tells ten years. So the first centre that reaches 200 events has it analysed.
CREATE FUNCTION kiosk.count_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    IF (SELECT min(position) <= 200 AND max(position) >= 200 FROM added)
            AND NOT EXISTS (SELECT FROM pg_stats WHERE schemaname = 'kiosk' AND tablename = 'event') THEN
        ANALYZE event;
    END IF;
    PERFORM kiosk.count_in(ARRAY(SELECT a::event FROM added AS a WHERE a.reason IS NULL AND a.subject IS NOT NULL
        AND (a.kind LIKE 'visit.%' OR a.kind IN ('session.corrected', 'request.made'))));
    RETURN NULL;
END $$;
CREATE FUNCTION kiosk.count_accepted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    PERFORM kiosk.count_in(ARRAY(SELECT a::event FROM added AS a
        JOIN was ON was.centre = a.centre AND was.position = a.position AND was.reason IS NOT NULL
        WHERE a.reason IS NULL AND a.subject IS NOT NULL
            AND (a.kind LIKE 'visit.%' OR a.kind IN ('session.corrected', 'request.made'))));
    RETURN NULL;
END $$;
CREATE FUNCTION kiosk.count_given() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    INSERT INTO total AS t (centre, given) VALUES (NEW.centre, CASE NEW.state WHEN 'collected' THEN 1 ELSE -1 END)
        ON CONFLICT (centre) DO UPDATE SET given = t.given + EXCLUDED.given;
    RETURN NULL;
END $$;

CREATE TRIGGER counted AFTER INSERT ON kiosk.event REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk.count_new();
CREATE TRIGGER counted_later AFTER UPDATE ON kiosk.event REFERENCING OLD TABLE AS was NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION kiosk.count_accepted();
CREATE TRIGGER given_counted AFTER INSERT ON kiosk.claim FOR EACH ROW WHEN (NEW.state = 'collected')
    EXECUTE FUNCTION kiosk.count_given();
CREATE TRIGGER given_counted_later AFTER UPDATE OF state ON kiosk.claim FOR EACH ROW
    WHEN ((OLD.state = 'collected') <> (NEW.state = 'collected')) EXECUTE FUNCTION kiosk.count_given();

-- What came before.
INSERT INTO kiosk.total (centre, visits, people, corrected, requests, given)
    SELECT c.id, visits.visits, visits.people, corrections.people, asked.requests, given.given
    FROM kiosk.centre AS c,
        LATERAL (
            SELECT count(*) AS visits, coalesce(sum(adults + children), 0) AS people
            FROM kiosk.visit WHERE centre = c.id AND subject IS NOT NULL AND NOT undone) AS visits,
        LATERAL (
            SELECT coalesce(sum(kiosk.number(payload::jsonb -> 'adults')), 0)
                + coalesce(sum(kiosk.number(payload::jsonb -> 'children')), 0) AS people
            FROM kiosk.event WHERE centre = c.id AND kind = 'session.corrected' AND reason IS NULL) AS corrections,
        LATERAL (SELECT count(*) AS given FROM kiosk.claim WHERE centre = c.id AND state = 'collected') AS given,
        LATERAL (
            SELECT count(*) AS requests FROM kiosk.event
            WHERE centre = c.id AND kind = 'request.made' AND reason IS NULL) AS asked;

CREATE OR REPLACE VIEW kiosk.counts WITH (security_barrier) AS
    SELECT mine.name AS centre, mine.region, coalesce(t.visits, 0) AS visits, coalesce(t.people + t.corrected, 0) AS people,
        coalesce(t.given, 0) AS given,
        -- Fewer than five are not told: one could guess who it was.
        CASE WHEN t.requests BETWEEN 1 AND 4 THEN '<5' ELSE coalesce(t.requests, 0)::text END AS requests
    FROM (
        SELECT c.id, c.name, c.region FROM kiosk.centre AS c
        WHERE c.id = kiosk.my_centre()
            OR c.region <> '' AND c.region IN (
                SELECT r.region FROM kiosk.region_reader AS r
                WHERE r.role = session_user AND r.revoked IS NULL AND r.until > clock_timestamp())
            OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'kiosk.event'::regclass), 'USAGE')
        ) AS mine LEFT JOIN kiosk.total AS t ON t.centre = mine.id;

-- A push as before; but each line's event is looked up by its key. As a join, a push read the whole journal of the tablet
-- and all ids of the centre.

CREATE OR REPLACE FUNCTION kiosk.usable(p_lines kiosk.told[], d kiosk.device, p_base text, p_left_lines bigint, p_left_bytes bigint,
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
            LEFT JOIN LATERAL (
                SELECT o.hash FROM event AS o WHERE o.device = d.id AND o.seq = l.n AND l.n <= d.last_seq LIMIT 1
            ) AS e ON true
        WINDOW told AS (ORDER BY l.at)) AS judged;
END $$;

CREATE OR REPLACE FUNCTION kiosk.add_lines(p_centre int, p_head bigint, d kiosk.device, p_lines kiosk.told[]) RETURNS SETOF kiosk.event
LANGUAGE plpgsql VOLATILE SET search_path = kiosk, pg_temp AS $$
BEGIN
    RETURN QUERY WITH judged AS (
        SELECT l.*, split_part(l.kind, '.', 1) AS thing, CASE
            WHEN l.size = 500000 OR length(l.payload) > 65536 THEN 'size'
            WHEN NOT l.whole OR l.prev_hash <> lag(l.hash, 1, d.last_hash) OVER (ORDER BY l.at) THEN 'chain'
            WHEN l.kind !~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$' OR length(l.kind) > 100 THEN 'kind'
            WHEN l.said IS NULL OR jsonb_typeof(l.said) <> 'object' THEN 'unreadable'
            WHEN l.id !~ '^0[0-9a-f]{11}7[0-9a-f]{19}$' THEN 'id'
            WHEN row_number() OVER (PARTITION BY l.id ORDER BY l.at) > 1 OR known.id IS NOT NULL THEN 'twice'
            WHEN l.who = 'hub' AND (l.n > 1 OR d.id <> kiosk.decider(l.id)) THEN 'aside:who'
            ELSE 'aside:' || kiosk.fault(l.id, ahead, l.time, l.kind, l.who, l.said) END AS why
        FROM kiosk.too_far() AS ahead, unnest(p_lines) AS l LEFT JOIN LATERAL (
                SELECT e.id FROM event AS e WHERE e.centre = p_centre AND e.id = l.id AND e.reason IS NULL LIMIT 1
            ) AS known ON true
        WHERE l.n > d.last_seq),
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
        INTO verdicts FROM unnest(told) AS l, LATERAL (
            SELECT reason FROM event WHERE device = p_device AND seq = l.n LIMIT 1) AS e;
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

REVOKE ALL ON kiosk.total FROM PUBLIC;
REVOKE ALL ON FUNCTION kiosk.people(jsonb), kiosk.uncancelled(jsonb), kiosk.count_in(kiosk.event[]), kiosk.count_new(),
    kiosk.count_accepted(), kiosk.count_given() FROM PUBLIC;
