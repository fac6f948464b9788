-- Version 7: nobody holds others up. No lock of a table, an end to open transactions, and so much a day for each tablet,
-- which the owner sets (kiosk hub limits).

-- First what a push takes first, so that neither waits for the other.
LOCK TABLE kiosk.centre IN ACCESS EXCLUSIVE MODE;

ALTER TABLE kiosk.hub
    ADD COLUMN lines_a_day int NOT NULL DEFAULT 50000, ADD COLUMN bytes_a_day bigint NOT NULL DEFAULT 64000000,
    ADD COLUMN picture_bytes_a_day bigint NOT NULL DEFAULT 1000000000, ADD COLUMN calls_a_day int NOT NULL DEFAULT 200000,
    ADD COLUMN numbers_a_day int NOT NULL DEFAULT 20, ADD COLUMN overdue interval NOT NULL DEFAULT '2 minutes';
-- What a tablet used on `day`, in UTC.
CREATE TABLE kiosk.used (
    role text PRIMARY KEY, day date NOT NULL, lines int NOT NULL DEFAULT 0, bytes bigint NOT NULL DEFAULT 0,
    picture_bytes bigint NOT NULL DEFAULT 0, calls int NOT NULL DEFAULT 0, numbers int NOT NULL DEFAULT 0);

-- Numbers are counted without a lock that others would wait for; lanes under the lock of their centre's row.
CREATE SEQUENCE kiosk.tablet_number AS int;
SELECT setval('kiosk.tablet_number', coalesce(max(number), 0) + 1, false) FROM kiosk.tablet;
ALTER TABLE kiosk.centre ADD COLUMN lanes int NOT NULL DEFAULT 0;
UPDATE kiosk.centre AS c SET lanes = (SELECT coalesce(max(t.lane) + 1, 0) FROM kiosk.tablet AS t WHERE t.centre = c.id);

-- End what a tablet does for longer than any program of ours: an open transaction keeps its locks. Nothing happens where the
-- owner of the hub is no member of the tablet's role. Large objects, which every role of a server may make, go.
CREATE FUNCTION kiosk.end_overdue() RETURNS void LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
BEGIN
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity AS a JOIN tablet AS t ON t.role = a.usename
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
            AND a.xact_start < clock_timestamp() - (SELECT overdue FROM hub);
    PERFORM lo_unlink(o.oid) FROM pg_largeobject_metadata AS o JOIN pg_roles AS r ON r.oid = o.lomowner
        JOIN tablet AS t ON t.role = r.rolname WHERE pg_has_role(current_user, r.oid, 'USAGE');
EXCEPTION WHEN OTHERS THEN
    RETURN;  -- whoever greets the hub next tries again
END $$;

-- The row of a centre, locked: whoever adds events holds it. Who holds it for too long is thrown out.
CREATE FUNCTION kiosk.locked(p_centre int) RETURNS kiosk.centre LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE here centre;
BEGIN
    SELECT * INTO here FROM centre WHERE id = p_centre FOR UPDATE SKIP LOCKED;
    IF here.id IS NULL THEN
        PERFORM kiosk.end_overdue();
        SELECT * INTO here FROM centre WHERE id = p_centre FOR UPDATE;
    END IF;
    RETURN here;
END $$;

CREATE FUNCTION kiosk.today() RETURNS date LANGUAGE sql VOLATILE AS $$ SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date $$;

-- What is left of today for a tablet.
CREATE FUNCTION kiosk.left_today(p_role text, OUT lines int, OUT bytes bigint, OUT picture_bytes bigint, OUT calls int, OUT numbers int)
LANGUAGE plpgsql VOLATILE SET search_path = kiosk, pg_temp AS $$
BEGIN
    SELECT h.lines_a_day - coalesce(u.lines, 0), h.bytes_a_day - coalesce(u.bytes, 0),
        h.picture_bytes_a_day - coalesce(u.picture_bytes, 0), h.calls_a_day - coalesce(u.calls, 0),
        h.numbers_a_day - coalesce(u.numbers, 0)
    INTO lines, bytes, picture_bytes, calls, numbers
    FROM hub AS h LEFT JOIN used AS u ON u.role = p_role AND u.day >= kiosk.today();
END $$;

-- Note one call of a tablet and what it brought. False, and nothing is noted, when that is more than is left of today. Who
-- needs the lock of the centre takes it before.
CREATE FUNCTION kiosk.spend(p_role text, p_lines int = 0, p_bytes bigint = 0, p_picture_bytes bigint = 0, p_numbers int = 0)
RETURNS boolean LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE has record;
BEGIN
    SELECT * INTO has FROM kiosk.left_today(p_role);
    IF has.calls <= 0 OR p_picture_bytes > has.picture_bytes OR p_numbers > has.numbers THEN
        RETURN false;
    END IF;
    INSERT INTO used AS u VALUES (p_role, kiosk.today(), p_lines, p_bytes, p_picture_bytes, 1, p_numbers)
        ON CONFLICT (role) DO UPDATE SET (day, lines, bytes, picture_bytes, calls, numbers) = (
            SELECT greatest(u.day, EXCLUDED.day), n * u.lines + p_lines, n * u.bytes + p_bytes,
                n * u.picture_bytes + p_picture_bytes, n * u.calls + 1, n * u.numbers + p_numbers
            FROM (SELECT (u.day >= EXCLUDED.day)::int AS n) AS same);
    RETURN true;
END $$;

-- Raise what a tablet tells apart from other errors: nothing is lost, it goes on tomorrow.
CREATE FUNCTION kiosk.refuse_for_today() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'used up for today' USING ERRCODE = 'KL001';
END $$;

CREATE OR REPLACE FUNCTION kiosk.renumber() RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    PERFORM kiosk.locked(t.centre);
    IF NOT kiosk.spend(t.role, p_numbers => 1) THEN
        PERFORM kiosk.refuse_for_today();
    END IF;
    UPDATE centre SET lanes = lanes + 1 WHERE id = t.centre RETURNING lanes - 1 INTO t.lane;
    UPDATE tablet SET number = nextval('kiosk.tablet_number'), lane = t.lane WHERE role = t.role RETURNING number INTO t.number;
    RETURN jsonb_build_object('number', t.number, 'lane', t.lane);
END $$;

CREATE OR REPLACE FUNCTION kiosk.reserve(p_ticket text, p_item text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE
    t tablet := kiosk.me(); here centre := kiosk.locked(t.centre); there record; free int;
BEGIN
    IF length(p_ticket) > 200 OR length(p_item) > 200 OR NOT kiosk.spend(t.role) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO there FROM kiosk.room(t.centre, p_item);
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
DROP FUNCTION kiosk.room(text);

CREATE OR REPLACE FUNCTION kiosk.share(p_shares boolean, p_shows boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me(); here centre := kiosk.locked(t.centre);
BEGIN
    IF NOT kiosk.spend(t.role) THEN
        PERFORM kiosk.refuse_for_today();
    END IF;
    UPDATE centre SET shares_goods = p_shares, shows_goods = p_shows WHERE id = t.centre;
    IF here.shares_goods AND NOT p_shares THEN
        DELETE FROM good WHERE centre = t.centre;
    ELSIF p_shares AND NOT here.shares_goods THEN
        PERFORM kiosk.show(t.centre, e.subject) FROM event AS e
            WHERE e.centre = t.centre AND e.kind = 'item.added' AND e.reason IS NULL;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION kiosk.put_picture(p_hash text, p_size text, p_part int, p_parts int, p_data bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    IF p_hash !~ '^[0-9a-f]{64}$' OR p_size NOT IN ('tile', 'page', 'full') OR length(p_data) > 1 << 17
        OR p_part NOT BETWEEN 0 AND p_parts - 1 OR p_parts > 320 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'this is no part of a picture';
    END IF;
    IF NOT kiosk.spend(t.role, p_picture_bytes => length(p_data)) THEN
        PERFORM kiosk.refuse_for_today();
    END IF;
    INSERT INTO picture VALUES (t.centre, p_hash, p_size, p_part, p_parts, p_data) ON CONFLICT DO NOTHING;
END $$;

-- What the roles of tablets and regions get when they are made, and those that are there already.
CREATE FUNCTION kiosk.bound(p_role text) RETURNS void LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I SET statement_timeout = ''60s''', p_role);
    EXECUTE format('ALTER ROLE %I SET lock_timeout = ''30s''', p_role);
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''30s''', p_role);
    EXECUTE format('GRANT %I TO %I', p_role, current_user);  -- so that its sessions can be ended
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'the role % was made by somebody else: nothing bounds it', p_role;
END $$;
DO $$ BEGIN
    PERFORM kiosk.bound(role) FROM kiosk.tablet JOIN pg_roles ON rolname = role WHERE revoked IS NULL;
    PERFORM kiosk.bound(role) FROM kiosk.region_reader JOIN pg_roles ON rolname = role;
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(int), lo_from_bytea(oid, bytea), lo_import(text),
            lo_import(text, oid), lo_put(oid, bigint, bytea), lowrite(int, bytea), lo_open(oid, int) FROM PUBLIC;
    END IF;
END $$;

REVOKE ALL ON TABLE kiosk.used FROM PUBLIC;
REVOKE ALL ON SEQUENCE kiosk.tablet_number FROM PUBLIC;
REVOKE ALL ON FUNCTION kiosk.end_overdue(), kiosk.locked(int), kiosk.today(), kiosk.left_today(text),
    kiosk.spend(text, int, bigint, bigint, int), kiosk.refuse_for_today(), kiosk.bound(text) FROM PUBLIC;
