-- Version 1 of the hub: who may speak, what happened, who was first.
--
-- A tablet may call the functions that are granted below and read rows of its own centre; it writes nothing itself.
-- Every function of the owner's has its search_path fixed, so nobody can slip another table under it.

CREATE TABLE kiosk.hub (one boolean PRIMARY KEY DEFAULT true CHECK (one), version int NOT NULL, ca text);

CREATE TABLE kiosk.centre (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, region text NOT NULL DEFAULT '',
    shares_goods boolean NOT NULL DEFAULT false,
    -- The position of the newest event, and the highest id seen. Whoever adds events holds this row's lock, so that
    -- positions are seen in order: a reader that has seen one has seen all before it.
    head bigint NOT NULL DEFAULT 0, latest text NOT NULL DEFAULT '');

-- `number` is the tablet's own in the whole hub, `lane` in its centre: what is counted on paper stays apart by them.
CREATE TABLE kiosk.tablet (
    role text PRIMARY KEY, centre int NOT NULL REFERENCES kiosk.centre, number int NOT NULL UNIQUE, lane int NOT NULL,
    name text NOT NULL, invited timestamptz NOT NULL DEFAULT now(), joined timestamptz, revoked timestamptz,
    seen timestamptz, program text, UNIQUE (centre, lane));

CREATE TABLE kiosk.region_reader (role text PRIMARY KEY, region text NOT NULL);

CREATE TABLE kiosk.device (
    id text PRIMARY KEY, centre int NOT NULL REFERENCES kiosk.centre, tablet text REFERENCES kiosk.tablet,
    last_seq bigint NOT NULL DEFAULT 0, last_hash text NOT NULL DEFAULT repeat('0', 64));
CREATE INDEX device_by_centre ON kiosk.device (centre);

-- The journals of all tablets. `payload` is the text that was hashed. A rejected event is kept like any other, but
-- nobody builds on it.
CREATE TABLE kiosk.event (
    centre int NOT NULL, position bigint NOT NULL, device text NOT NULL, seq bigint NOT NULL, id text NOT NULL,
    time text NOT NULL, kind text NOT NULL, who text NOT NULL, payload text NOT NULL, prev_hash text NOT NULL,
    hash text NOT NULL, subject text, reason text, received timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (centre, position), UNIQUE (device, seq));
CREATE UNIQUE INDEX event_once ON kiosk.event (id) WHERE reason IS NULL;
CREATE INDEX event_by_subject ON kiosk.event (subject, id) WHERE reason IS NULL;

-- What belongs to an event and must be erasable or is a key to something: sealed boxes, codes of slips.
CREATE TABLE kiosk.parcel (
    centre int NOT NULL, subject text NOT NULL, part text NOT NULL, data bytea NOT NULL, PRIMARY KEY (centre, subject, part));
CREATE TABLE kiosk.tombstone (
    centre int NOT NULL, subject text NOT NULL, laid timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (centre, subject));

-- One row a ticket: the claim on unit 1..quantity of an item, null when it has none. The constraint arbitrates.
-- `held_until`: promised to a tablet that has not told its event yet.
CREATE TABLE kiosk.claim (
    centre int NOT NULL, ticket text NOT NULL, item text NOT NULL, unit int,
    state text NOT NULL, stamp text NOT NULL, provisional boolean NOT NULL, held_until timestamptz,
    PRIMARY KEY (centre, ticket), CONSTRAINT one_claim_a_unit UNIQUE (centre, item, unit));
CREATE INDEX claim_by_item ON kiosk.claim (centre, item);

CREATE TABLE kiosk.picture (
    centre int NOT NULL, hash text NOT NULL, size text NOT NULL, part int NOT NULL, parts int NOT NULL, data bytea NOT NULL,
    PRIMARY KEY (centre, hash, size, part));

-- The state of a thing is what its events say, in the order of their ids: the law of every tablet, in SQL.
CREATE AGGREGATE kiosk.merge(jsonb) (sfunc = jsonb_concat, stype = jsonb, initcond = '{}');

-- who is speaking

CREATE FUNCTION kiosk.me() RETURNS kiosk.tablet LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE found kiosk.tablet;
BEGIN
    SELECT * INTO found FROM tablet WHERE role = session_user AND revoked IS NULL;
    IF found.role IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this tablet is not one of the hub''s';
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION kiosk.my_centre() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = kiosk, pg_temp AS
    $$ SELECT centre FROM tablet WHERE role = session_user AND revoked IS NULL $$;

-- Make the tablet that calls a full member: its invitation no longer runs out.
CREATE FUNCTION kiosk.join_in(p_program text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    UPDATE tablet SET joined = coalesce(joined, now()), program = p_program WHERE role = t.role;
    EXECUTE format('ALTER ROLE %I VALID UNTIL ''infinity''', t.role);
    RETURN jsonb_build_object('number', t.number, 'lane', t.lane, 'centre', (SELECT name FROM centre WHERE id = t.centre));
END $$;

-- Give the tablet that calls a number nobody had: it was copied, or has forgotten which it gave to things.
CREATE FUNCTION kiosk.renumber() RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    LOCK TABLE tablet IN EXCLUSIVE MODE;
    UPDATE tablet SET number = (SELECT max(number) + 1 FROM tablet),
        lane = (SELECT max(lane) + 1 FROM tablet WHERE centre = t.centre)
        WHERE role = t.role RETURNING * INTO t;
    RETURN jsonb_build_object('number', t.number, 'lane', t.lane);
END $$;

-- The first words of a tablet: how the hub stands, and whether what the tablet read last is still what is here.
CREATE FUNCTION kiosk.hello(p_program text, p_cursor bigint, p_cursor_id text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    UPDATE tablet SET seen = clock_timestamp(), program = p_program WHERE role = t.role;
    RETURN jsonb_build_object(
        'version', (SELECT version FROM hub),
        'now', extract(epoch FROM clock_timestamp()) * 1000,
        'centre', t.centre,
        'same', p_cursor = 0 OR EXISTS (
            SELECT 1 FROM event WHERE centre = t.centre AND position = p_cursor AND id = p_cursor_id),
        'devices', (SELECT coalesce(jsonb_object_agg(id, jsonb_build_array(last_seq, last_hash)), '{}')
                    FROM device WHERE centre = t.centre AND tablet IS NOT NULL));
END $$;

-- Note that a tablet has read everything up to here; returns the newest position and the id there.
CREATE FUNCTION kiosk.head() RETURNS TABLE (pos bigint, event_id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    RETURN QUERY SELECT c.head, coalesce(e.id, '') FROM centre AS c
        LEFT JOIN event AS e ON e.centre = c.id AND e.position = c.head WHERE c.id = t.centre;
END $$;

-- ids: UUIDv7 as a hybrid logical clock, as the tablets make them

CREATE FUNCTION kiosk.following_id(p_last text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    now_ms text := lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0');
    last_ms text := left(p_last, 12);
    counter int := 0;
BEGIN
    IF p_last <> '' AND now_ms <= last_ms THEN
        now_ms := last_ms;
        counter := ('x' || lpad(substr(p_last, 14, 3), 8, '0'))::bit(32)::int + 1;
        IF counter > 4095 THEN
            counter := 0;
            now_ms := lpad(to_hex(('x' || lpad(last_ms, 16, '0'))::bit(64)::bigint + 1), 12, '0');
        END IF;
    END IF;
    RETURN now_ms || '7' || lpad(to_hex(counter), 3, '0') || '8' || right(replace(gen_random_uuid()::text, '-', ''), 15);
END $$;

CREATE FUNCTION kiosk.readable(p_text text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN p_text::jsonb;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;

-- deciding who was first

-- Write a decision down as an event of the hub's own. Each is a chain of one entry, so that a hub restored from a
-- backup never contradicts itself.
CREATE FUNCTION kiosk.decide(p_centre int, p_kind text, p_ticket text, p_item text, p_against text) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    new_id text; at text; own text; line text; maker text;
BEGIN
    SELECT kiosk.following_id(latest) INTO new_id FROM centre WHERE id = p_centre;
    maker := left(encode(sha256(convert_to('hub:' || new_id, 'UTF8')), 'hex'), 32);
    at := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    own := CASE WHEN p_against IS NULL THEN '{' ELSE '{"against":' || to_json(p_against) || ',' END
        || '"item":' || to_json(p_item) || ',"ticket":' || to_json(p_ticket) || '}';
    line := '["' || maker || '",1,"' || new_id || '","' || at || '","' || p_kind || '","hub",' || to_json(own)
        || ',"' || repeat('0', 64) || '"]';
    UPDATE centre SET head = head + 1, latest = new_id WHERE id = p_centre;
    INSERT INTO device (id, centre, last_seq, last_hash)
        VALUES (maker, p_centre, 1, encode(sha256(convert_to(line, 'UTF8')), 'hex'));
    INSERT INTO event (centre, position, device, seq, id, time, kind, who, payload, prev_hash, hash, subject)
        SELECT p_centre, c.head, maker, 1, new_id, at, p_kind, 'hub', own, repeat('0', 64), d.last_hash, p_ticket
        FROM centre AS c, device AS d WHERE c.id = p_centre AND d.id = maker;
    PERFORM kiosk.refresh(p_centre, p_ticket);
END $$;

-- Bring the claim of a ticket up to what its events say. A hand-over is physical: only its own undoing, or the finding
-- that it was one too many, ends it.
CREATE FUNCTION kiosk.refresh(p_centre int, p_ticket text) RETURNS text
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    e record; its_item text; its_state text := ''; its_stamp text := ''; unsure boolean := false;
BEGIN
    FOR e IN SELECT id, kind, payload::jsonb AS said FROM event
        WHERE subject = p_ticket AND reason IS NULL AND kind LIKE 'ticket.%' ORDER BY id LOOP
        its_item := coalesce(e.said ->> 'item', its_item);
        IF e.kind IN ('ticket.collected', 'ticket.given') THEN
            IF its_state <> 'collected' THEN
                its_state := 'collected'; its_stamp := e.id;
            END IF;
        ELSIF e.kind = 'ticket.hand_over_undone' OR e.kind = 'ticket.given_twice' THEN
            its_state := CASE e.kind WHEN 'ticket.given_twice' THEN 'conflicted' ELSE 'reserved' END;
        ELSIF its_state = 'collected' THEN
            CONTINUE;
        ELSIF e.kind IN ('ticket.reserved', 'ticket.held', 'ticket.reactivated') THEN
            its_state := 'reserved'; its_stamp := e.id; unsure := coalesce((e.said ->> 'provisional')::boolean, false);
        ELSIF e.kind = 'ticket.moved' THEN
            its_state := e.said ->> 'state'; its_stamp := e.id;
        ELSIF e.kind = 'ticket.confirmed' THEN
            unsure := false;
        ELSE
            its_state := split_part(e.kind, '.', 2);
        END IF;
    END LOOP;
    IF its_item IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO claim (centre, ticket, item, state, stamp, provisional)
        VALUES (p_centre, p_ticket, its_item, its_state, its_stamp, unsure)
        ON CONFLICT (centre, ticket) DO UPDATE SET
            item = EXCLUDED.item, state = EXCLUDED.state, stamp = EXCLUDED.stamp, provisional = EXCLUDED.provisional,
            held_until = NULL, unit = CASE WHEN claim.item = EXCLUDED.item AND EXCLUDED.state IN ('reserved', 'collected') THEN claim.unit END;
    RETURN its_item;
END $$;

-- How many units of an item there are; null while nothing is known of it. Of what was withdrawn none can be reserved.
CREATE FUNCTION kiosk.room(p_item text, OUT units int, OUT withdrawn boolean)
LANGUAGE sql STABLE SET search_path = kiosk, pg_temp AS $$
    SELECT (kiosk.merge(payload::jsonb ORDER BY id) ->> 'quantity')::int,
        coalesce((array_agg(kind ORDER BY id DESC) FILTER (
            WHERE kind IN ('item.added', 'item.withdrawn', 'item.put_back')))[1] = 'item.withdrawn', false)
    FROM event WHERE subject = p_item AND reason IS NULL AND kind LIKE 'item.%' $$;

-- Give the units of an item to its claims: what was handed over first, then the earliest. Who gets none is told.
CREATE FUNCTION kiosk.arbitrate(p_centre int, p_item text) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    there record; c record; winner text;
BEGIN
    SELECT * INTO there FROM kiosk.room(p_item);
    IF there.units IS NULL THEN
        RETURN;
    END IF;
    UPDATE claim SET unit = NULL WHERE centre = p_centre AND item = p_item AND unit IS NOT NULL;
    FOR c IN SELECT ticket, state, provisional, held_until,
            row_number() OVER (ORDER BY state <> 'collected', stamp, ticket) AS place
        FROM claim WHERE centre = p_centre AND item = p_item AND state IN ('reserved', 'collected')
            AND (held_until IS NULL OR held_until > clock_timestamp()) ORDER BY place LOOP
        IF c.place <= there.units AND (c.state = 'collected' OR NOT there.withdrawn) THEN
            UPDATE claim SET unit = c.place WHERE centre = p_centre AND ticket = c.ticket;
            winner := c.ticket;
            IF c.provisional AND c.state = 'reserved' THEN
                PERFORM kiosk.decide(p_centre, 'ticket.confirmed', c.ticket, p_item, NULL);
            END IF;
        ELSIF c.held_until IS NOT NULL THEN
            CONTINUE;  -- its ticket is not known yet, and will be told when it is
        ELSIF c.state = 'collected' THEN
            PERFORM kiosk.decide(p_centre, 'ticket.given_twice', c.ticket, p_item, winner);
        ELSE
            PERFORM kiosk.decide(p_centre, 'ticket.conflicted', c.ticket, p_item, winner);
        END IF;
    END LOOP;
END $$;

-- Keep a unit for a ticket that is about to be written. False: somebody has them all.
CREATE FUNCTION kiosk.reserve(p_ticket text, p_item text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE
    t tablet := kiosk.me(); here centre; there record; free int;
BEGIN
    SELECT * INTO here FROM centre WHERE id = t.centre FOR UPDATE;
    SELECT * INTO there FROM kiosk.room(p_item);
    IF there.units IS NULL THEN
        RETURN NULL;  -- not heard of: the ticket will be provisional
    END IF;
    UPDATE claim SET unit = NULL WHERE centre = t.centre AND item = p_item AND held_until <= clock_timestamp();
    SELECT min(n) INTO free FROM generate_series(1, there.units) AS n
        WHERE NOT there.withdrawn AND NOT EXISTS (
            SELECT 1 FROM claim WHERE centre = t.centre AND item = p_item AND unit = n);
    IF free IS NULL THEN
        RETURN EXISTS (SELECT 1 FROM claim WHERE centre = t.centre AND ticket = p_ticket AND unit IS NOT NULL);
    END IF;
    INSERT INTO claim (centre, ticket, item, unit, state, stamp, provisional, held_until)
        VALUES (t.centre, p_ticket, p_item, free, 'reserved', kiosk.following_id(here.latest), false,
                clock_timestamp() + interval '2 minutes')
        ON CONFLICT (centre, ticket) DO NOTHING;
    RETURN true;
END $$;

-- up

-- Add entries of a device's journal, in order. `p_lines` are the texts that were hashed to `p_hashes`; `p_base` is the
-- hash the first of them follows. Returns how far the device has come, a verdict for each, and "ok", or "gap" (entries
-- are missing before the first), or "forked" (the hub knows another entry of that number).
CREATE FUNCTION kiosk.push(p_device text, p_base text, p_lines text[], p_hashes text[], p_parcels jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE
    t tablet := kiosk.me(); here centre; d device; verdicts jsonb := '[]'; outcome text := 'ok';
    n bigint; parts jsonb; line text; own text; known text; why text; said jsonb; about text; its_id text; its_kind text;
    items text[] := '{}'; item text; first boolean := true;
BEGIN
    SELECT * INTO here FROM centre WHERE id = t.centre FOR UPDATE;
    INSERT INTO device (id, centre, tablet)
        VALUES (p_device, t.centre, CASE WHEN p_lines[1]::jsonb ->> 5 <> 'hub' THEN t.role END) ON CONFLICT DO NOTHING;
    SELECT * INTO d FROM device WHERE id = p_device FOR UPDATE;
    IF d.centre <> t.centre THEN
        RAISE insufficient_privilege USING MESSAGE = 'this device is of another centre';
    END IF;
    FOR at IN 1 .. coalesce(array_length(p_lines, 1), 0) LOOP
        line := p_lines[at]; own := p_hashes[at]; parts := line::jsonb; n := (parts ->> 1)::bigint;
        IF n <= d.last_seq THEN
            SELECT e.hash, e.reason INTO known, why FROM event AS e WHERE e.device = p_device AND e.seq = n;
            IF known IS DISTINCT FROM own THEN
                outcome := 'forked';
                EXIT;
            END IF;
            verdicts := verdicts || jsonb_build_array(
                CASE WHEN why IS NULL THEN jsonb_build_array(n, 'duplicate') ELSE jsonb_build_array(n, 'rejected', why) END);
            first := false;
            CONTINUE;
        ELSIF n > d.last_seq + 1 THEN
            outcome := 'gap';
            EXIT;
        ELSIF first AND p_base <> d.last_hash THEN
            outcome := 'forked';
            EXIT;
        END IF;
        first := false;
        its_id := parts ->> 2; its_kind := parts ->> 4; said := kiosk.readable(parts ->> 6);
        about := said ->> split_part(its_kind, '.', 1);
        why := CASE
            WHEN parts ->> 0 <> p_device OR encode(sha256(convert_to(line, 'UTF8')), 'hex') <> own
                OR parts ->> 7 <> d.last_hash THEN 'chain'
            WHEN its_kind !~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$' THEN 'kind'
            WHEN said IS NULL OR jsonb_typeof(said) <> 'object' THEN 'unreadable'
            WHEN length(parts ->> 6) > 65536 THEN 'size'
            WHEN its_id !~ '^0[0-9a-f]{11}7[0-9a-f]{19}$' THEN 'id'
            WHEN EXISTS (SELECT 1 FROM event AS e WHERE e.id = its_id AND e.reason IS NULL) THEN 'twice'
        END;
        here.head := here.head + 1;
        d.last_seq := n; d.last_hash := own;
        INSERT INTO event (centre, position, device, seq, id, time, kind, who, payload, prev_hash, hash, subject, reason)
            VALUES (t.centre, here.head, p_device, n, its_id, parts ->> 3, its_kind, parts ->> 5, parts ->> 6,
                    parts ->> 7, own, about, why);
        IF why IS NOT NULL THEN
            verdicts := verdicts || jsonb_build_array(jsonb_build_array(n, 'rejected', why));
            CONTINUE;
        END IF;
        verdicts := verdicts || jsonb_build_array(jsonb_build_array(n, 'applied'));
        here.latest := greatest(here.latest, its_id);
        IF its_kind LIKE '%.erased' THEN
            INSERT INTO tombstone (centre, subject) VALUES (t.centre, about) ON CONFLICT DO NOTHING;
            DELETE FROM parcel WHERE centre = t.centre AND subject = about AND part LIKE 'box:%';
        ELSIF its_kind LIKE 'ticket.%' THEN
            items := items || kiosk.refresh(t.centre, about);
        ELSIF its_kind LIKE 'item.%' THEN
            items := items || about;
        END IF;
    END LOOP;
    INSERT INTO parcel (centre, subject, part, data)
        SELECT t.centre, p ->> 0, p ->> 1, decode(p ->> 2, 'base64') FROM jsonb_array_elements(p_parcels) AS p
        WHERE NOT (p ->> 1 LIKE 'box:%' AND EXISTS (
            SELECT 1 FROM tombstone AS s WHERE s.centre = t.centre AND s.subject = p ->> 0))
        ON CONFLICT DO NOTHING;
    UPDATE device SET last_seq = d.last_seq, last_hash = d.last_hash WHERE id = p_device;
    UPDATE centre SET head = here.head, latest = here.latest WHERE id = t.centre;
    FOREACH item IN ARRAY (SELECT coalesce(array_agg(DISTINCT one ORDER BY one), '{}') FROM unnest(items) AS one WHERE one IS NOT NULL) LOOP
        PERFORM kiosk.arbitrate(t.centre, item);
    END LOOP;
    UPDATE tablet SET seen = clock_timestamp() WHERE role = t.role;
    PERFORM pg_notify('kiosk_' || t.centre, '');
    RETURN jsonb_build_object('last', d.last_seq, 'outcome', outcome, 'verdicts', verdicts);
END $$;

-- pictures, in parts so that a broken line costs one part

CREATE FUNCTION kiosk.put_picture(p_hash text, p_size text, p_part int, p_parts int, p_data bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    IF p_hash !~ '^[0-9a-f]{64}$' OR p_size NOT IN ('tile', 'page', 'full') OR length(p_data) > 1 << 17
        OR p_part NOT BETWEEN 0 AND p_parts - 1 OR p_parts > 320 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'this is no part of a picture';
    END IF;
    INSERT INTO picture VALUES (t.centre, p_hash, p_size, p_part, p_parts, p_data) ON CONFLICT DO NOTHING;
END $$;

-- What is there of some pictures: (hash, size, parts that are there, parts there are).
CREATE FUNCTION kiosk.pictures_of(p_hashes text[]) RETURNS TABLE (hash text, size text, there int[], parts int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
    SELECT p.hash, p.size, array_agg(p.part ORDER BY p.part), min(p.parts) FROM picture AS p
    WHERE p.centre = kiosk.my_centre() AND p.hash = ANY (p_hashes) GROUP BY p.hash, p.size $$;

-- what a region may see: how many, never who or what for

CREATE VIEW kiosk.visit WITH (security_barrier) AS
    SELECT centre, subject, said ->> 'session' AS session, (said ->> 'adults')::int AS adults,
        (said ->> 'children')::int AS children, coalesce((said ->> 'undone')::boolean, false) AS undone
    FROM (SELECT centre, subject, kiosk.merge(payload::jsonb ORDER BY id) AS said FROM kiosk.event
          WHERE kind LIKE 'visit.%' AND reason IS NULL GROUP BY centre, subject) AS seen;

CREATE VIEW kiosk.counts WITH (security_barrier) AS
    WITH mine AS (
        SELECT c.id, c.name, c.region FROM kiosk.centre AS c
        WHERE c.id = kiosk.my_centre()
            OR c.region IN (SELECT r.region FROM kiosk.region_reader AS r WHERE r.role = session_user)
            OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'kiosk.event'::regclass), 'USAGE')),
    visits AS (
        SELECT centre, count(*) AS visits, sum(adults) AS adults, sum(children) AS children
        FROM kiosk.visit WHERE NOT undone GROUP BY centre),
    corrections AS (
        SELECT centre, sum((payload::jsonb ->> 'adults')::int) AS adults, sum((payload::jsonb ->> 'children')::int) AS children
        FROM kiosk.event WHERE kind = 'session.corrected' AND reason IS NULL GROUP BY centre),
    given AS (SELECT centre, count(*) AS given FROM kiosk.claim WHERE state = 'collected' GROUP BY centre),
    asked AS (
        SELECT centre, count(*) AS requests FROM kiosk.event
        WHERE kind = 'request.made' AND reason IS NULL GROUP BY centre)
    SELECT mine.name AS centre, mine.region, coalesce(visits.visits, 0) AS visits,
        coalesce(visits.adults, 0) + coalesce(corrections.adults, 0) AS adults,
        coalesce(visits.children, 0) + coalesce(corrections.children, 0) AS children,
        coalesce(given.given, 0) AS given,
        -- Fewer than five are not told: one could guess who it was.
        CASE WHEN coalesce(requests, 0) BETWEEN 1 AND 4 THEN '<5' ELSE coalesce(requests, 0)::text END AS requests
    FROM mine LEFT JOIN visits ON visits.centre = mine.id LEFT JOIN corrections ON corrections.centre = mine.id
        LEFT JOIN given ON given.centre = mine.id LEFT JOIN asked ON asked.centre = mine.id;

-- rules

ALTER TABLE kiosk.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk.parcel ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk.picture ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_centre ON kiosk.event FOR SELECT USING (centre = (SELECT kiosk.my_centre()));
CREATE POLICY own_centre ON kiosk.parcel FOR SELECT USING (centre = (SELECT kiosk.my_centre()));
CREATE POLICY own_centre ON kiosk.picture FOR SELECT USING (centre = (SELECT kiosk.my_centre()));

REVOKE ALL ON ALL TABLES IN SCHEMA kiosk FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA kiosk FROM PUBLIC;
GRANT USAGE ON SCHEMA kiosk TO kiosk_tablet, kiosk_region;
GRANT SELECT ON kiosk.event, kiosk.parcel, kiosk.picture TO kiosk_tablet;
GRANT SELECT ON kiosk.counts TO kiosk_tablet, kiosk_region;
GRANT EXECUTE ON FUNCTION
    kiosk.join_in(text), kiosk.renumber(), kiosk.hello(text, bigint, text), kiosk.head(), kiosk.reserve(text, text),
    kiosk.push(text, text, text[], text[], jsonb), kiosk.put_picture(text, text, int, int, bytea), kiosk.pictures_of(text[])
    TO kiosk_tablet;
GRANT EXECUTE ON FUNCTION kiosk.my_centre(), kiosk.merge(jsonb) TO kiosk_tablet, kiosk_region;
