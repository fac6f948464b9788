-- Version 9: a stolen tablet. What one tablet deletes and changes for others in a day is bounded; more waits until somebody
-- on another tablet of the centre agrees. A tablet sends another one away. Readers of a region run out.

ALTER TABLE kiosk.hub ADD COLUMN changes_a_day int NOT NULL DEFAULT 10;

-- Which tablet sent which away. No column is added to the tablets' own table: whoever reads events holds it.
CREATE TABLE kiosk.sent_away (tablet text PRIMARY KEY, by text NOT NULL, at timestamptz NOT NULL);
-- What a tablet did for others lately; what of it waits; what another tablet may do because somebody there agreed.
CREATE TABLE kiosk.change (
    tablet text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), amount int NOT NULL, subject text NOT NULL);
CREATE INDEX change_by_tablet ON kiosk.change (tablet, at);
CREATE TABLE kiosk.held (
    centre int NOT NULL, position bigint NOT NULL, tablet text NOT NULL, kind text NOT NULL,
    subject text NOT NULL, amount int NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (centre, position));
CREATE INDEX held_by_subject ON kiosk.held (centre, subject);
CREATE TABLE kiosk.permit (
    tablet text NOT NULL, kind text NOT NULL, subject text NOT NULL, amount int NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX permit_by_tablet ON kiosk.permit (tablet, subject);

-- Whether a thing was first told of by this tablet, or is deleted already: then nobody else loses anything. By the order in
-- which the hub heard, which no tablet makes up.
CREATE FUNCTION kiosk.is_own(p_centre int, p_thing text, p_subject text, p_role text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = kiosk, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM tombstone WHERE centre = p_centre AND subject = p_subject) OR coalesce((
        SELECT d.tablet = p_role FROM event AS e JOIN device AS d ON d.id = e.device
        WHERE e.centre = p_centre AND e.subject = p_subject AND e.reason IS NULL
            AND split_part(e.kind, '.', 1) = p_thing
        ORDER BY e.position LIMIT 1), false) $$;

-- Use up what was agreed to on this tablet; tells whether there was something.
CREATE FUNCTION kiosk.use_permit(p_role text, p_kind text, p_subject text, p_amount int) RETURNS boolean
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE which tid;
BEGIN
    SELECT ctid INTO which FROM permit WHERE tablet = p_role AND kind = p_kind AND subject = p_subject
        AND amount >= p_amount AND at > clock_timestamp() - interval '3 days' LIMIT 1 FOR UPDATE;
    DELETE FROM permit WHERE ctid = which;
    RETURN which IS NOT NULL;
END $$;

-- Count what a new entry deletes or changes for others. Over the limit it is kept as one that does not count.
CREATE FUNCTION kiosk.bound_changes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE
    t tablet; said jsonb := kiosk.readable(NEW.payload); thing text := split_part(NEW.kind, '.', 1);
    about text := said ->> thing; much int := 1;
BEGIN
    IF NEW.kind = 'slip.erased' THEN
        thing := CASE said ->> 'slip' WHEN 'queue_number' THEN 'queue' ELSE said ->> 'slip' END;
        about := said ->> 'subject';
    END IF;
    IF NEW.kind = 'settings.changed' THEN
        IF jsonb_typeof(said -> 'values') IS DISTINCT FROM 'object' THEN
            RETURN NEW;  -- of the tablet itself
        END IF;
        SELECT count(*) INTO much FROM jsonb_object_keys(said -> 'values');
    END IF;
    SELECT * INTO t FROM tablet WHERE role = session_user AND revoked IS NULL;
    IF t.role IS NULL OR about IS NULL OR NOT EXISTS (
            SELECT 1 FROM tablet WHERE centre = t.centre AND role <> t.role AND joined IS NOT NULL AND revoked IS NULL) THEN
        RETURN NEW;
    END IF;
    IF NEW.kind <> 'settings.changed' AND (kiosk.is_own(NEW.centre, thing, about, t.role)
            OR EXISTS (SELECT 1 FROM change WHERE tablet = t.role AND subject = about))
            OR kiosk.use_permit(t.role, NEW.kind, about, much) THEN
        DELETE FROM held WHERE centre = NEW.centre AND subject = about AND NEW.kind LIKE '%.erased';
        RETURN NEW;
    END IF;
    DELETE FROM change WHERE tablet = t.role AND at < clock_timestamp() - interval '1 day';
    IF (SELECT coalesce(sum(amount), 0) FROM change WHERE tablet = t.role) + much <= (SELECT changes_a_day FROM hub) THEN
        INSERT INTO change (tablet, amount, subject) VALUES (t.role, much, about);
        RETURN NEW;
    END IF;
    INSERT INTO held (centre, position, tablet, kind, subject, amount)
        VALUES (NEW.centre, NEW.position, t.role, NEW.kind, about, much);
    PERFORM set_config('kiosk.held', coalesce(current_setting('kiosk.held', true), '') || ' ' || about, true);
    NEW.reason := 'held';
    RETURN NEW;
END $$;
CREATE FUNCTION kiosk.forget_code() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
BEGIN
    DELETE FROM parcel WHERE centre = NEW.centre AND subject = NEW.payload::jsonb ->> 'subject' AND part LIKE '%.code';
    RETURN NULL;
END $$;

-- Nothing is deleted for an entry that waits: neither a tombstone nor the boxes of its request, in the same transaction.
CREATE FUNCTION kiosk.spare_held() RETURNS trigger LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE waiting text[] := string_to_array(current_setting('kiosk.held', true), ' '); about text;
BEGIN
    about := CASE TG_OP WHEN 'DELETE' THEN OLD.subject ELSE NEW.subject END;
    IF about = ANY (waiting) AND NOT EXISTS (SELECT 1 FROM event WHERE centre = CASE TG_OP WHEN 'DELETE' THEN OLD.centre
            ELSE NEW.centre END AND subject = about AND kind LIKE '%.erased' AND reason IS NULL) THEN
        RETURN NULL;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
-- The tables are locked in the order in which a push uses them.
CREATE TRIGGER changes_bounded BEFORE INSERT ON kiosk.event FOR EACH ROW
    WHEN (NEW.reason IS NULL AND NEW.who <> 'hub'
        AND (NEW.kind = 'settings.changed' OR NEW.kind LIKE '%.erased'))
    EXECUTE FUNCTION kiosk.bound_changes();
-- A slip that was erased leads to nothing: its code goes, and the one that comes with the entry takes its place.
CREATE TRIGGER slips_forgotten AFTER INSERT ON kiosk.event FOR EACH ROW
    WHEN (NEW.reason IS NULL AND NEW.kind = 'slip.erased') EXECUTE FUNCTION kiosk.forget_code();
CREATE TRIGGER held_spared BEFORE INSERT ON kiosk.tombstone FOR EACH ROW EXECUTE FUNCTION kiosk.spare_held();
CREATE TRIGGER held_spared BEFORE DELETE ON kiosk.parcel FOR EACH ROW EXECUTE FUNCTION kiosk.spare_held();

-- What other tablets of the centre wanted and waits.
CREATE FUNCTION kiosk.held_changes() RETURNS TABLE (pos bigint, number int, kind text, subject text, payload text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    RETURN QUERY SELECT h.position, o.number, h.kind, h.subject, e.payload, h.at FROM held AS h
        JOIN tablet AS o ON o.role = h.tablet JOIN event AS e ON e.centre = h.centre AND e.position = h.position
        WHERE h.centre = t.centre AND h.tablet <> t.role ORDER BY h.position LIMIT 1000;
END $$;

-- Somebody on the tablet that calls agrees to what others wanted, or refuses it; its own it cannot settle. Whoever agrees
-- does the same on their own tablet, where it is let through. Returns how many.
CREATE FUNCTION kiosk.settle_held(p_positions bigint[], p_agrees boolean) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me(); settled int;
BEGIN
    WITH gone AS (
        DELETE FROM held WHERE centre = t.centre AND tablet <> t.role AND position = ANY (p_positions) RETURNING *),
    given AS (
        INSERT INTO permit (tablet, kind, subject, amount) SELECT t.role, kind, subject, amount FROM gone WHERE p_agrees)
    SELECT count(*) INTO settled FROM gone;
    PERFORM pg_notify('kiosk_' || t.centre, '');
    RETURN settled;
END $$;

-- The tablets of the centre of the tablet that calls.
CREATE FUNCTION kiosk.centre_tablets()
RETURNS TABLE (number int, name text, seen timestamptz, revoked timestamptz, own boolean, devices text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    RETURN QUERY SELECT o.number, o.name, o.seen, o.revoked, o.role = t.role,
        ARRAY(SELECT d.id FROM device AS d WHERE d.tablet = o.role ORDER BY d.id)
        FROM tablet AS o WHERE o.centre = t.centre AND o.joined IS NOT NULL ORDER BY o.number;
END $$;

-- Let a role in no longer. Returns whether its connections were ended too: not every owner may. A connection that stays can
-- do nothing: every function and every rule asks whether the tablet was revoked.
CREATE FUNCTION kiosk.send_away(p_role text) RETURNS boolean LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I NOLOGIN', p_role);
    BEGIN
        IF NOT pg_has_role(current_user, p_role, 'USAGE') THEN
            EXECUTE format('GRANT %I TO %I', p_role, current_user);
        END IF;
        PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = p_role;
        RETURN true;
    EXCEPTION WHEN OTHERS THEN
        RETURN false;
    END;
END $$;

-- Revoke another tablet of the centre of the tablet that calls: one a day, so that a stolen tablet does not revoke them all.
-- Returns 'ended', 'open' when its connections could not be ended, 'limit' or 'unknown'.
CREATE FUNCTION kiosk.revoke_tablet(p_number int) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me(); other tablet;
BEGIN
    PERFORM 1 FROM centre WHERE id = t.centre FOR UPDATE;
    IF EXISTS (SELECT 1 FROM sent_away WHERE by = t.role AND at > clock_timestamp() - interval '1 day') THEN
        RETURN 'limit';
    END IF;
    UPDATE tablet SET revoked = clock_timestamp()
        WHERE centre = t.centre AND number = p_number AND role <> t.role AND revoked IS NULL RETURNING * INTO other;
    IF other.role IS NULL THEN
        RETURN 'unknown';
    END IF;
    INSERT INTO sent_away VALUES (other.role, t.role, clock_timestamp())
        ON CONFLICT (tablet) DO UPDATE SET by = EXCLUDED.by, at = EXCLUDED.at;
    PERFORM pg_notify('kiosk_' || t.centre, '');
    RETURN CASE WHEN kiosk.send_away(other.role) THEN 'ended' ELSE 'open' END;
END $$;

-- A reader's time is asked for at every reading: a connection that stays sees nothing more.
ALTER TABLE kiosk.region_reader ADD COLUMN until timestamptz NOT NULL DEFAULT now() + interval '1 year',
    ADD COLUMN revoked timestamptz;
CREATE OR REPLACE VIEW kiosk.counts WITH (security_barrier) AS
    SELECT mine.name AS centre, mine.region, visits.visits, visits.people + corrections.people AS people, given.given,
        -- Fewer than five are not told: one could guess who it was.
        CASE WHEN asked.requests BETWEEN 1 AND 4 THEN '<5' ELSE asked.requests::text END AS requests
    FROM (
        SELECT c.id, c.name, c.region FROM kiosk.centre AS c
        WHERE c.id = kiosk.my_centre()
            OR c.region <> '' AND c.region IN (
                SELECT r.region FROM kiosk.region_reader AS r
                WHERE r.role = session_user AND r.revoked IS NULL AND r.until > clock_timestamp())
            OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'kiosk.event'::regclass), 'USAGE')
        ) AS mine,
        LATERAL (
            SELECT count(*) AS visits, coalesce(sum(adults + children), 0) AS people
            FROM kiosk.visit WHERE centre = mine.id AND NOT undone) AS visits,
        LATERAL (
            SELECT coalesce(sum(kiosk.number(payload::jsonb -> 'adults')), 0)
                + coalesce(sum(kiosk.number(payload::jsonb -> 'children')), 0) AS people
            FROM kiosk.event WHERE centre = mine.id AND kind = 'session.corrected' AND reason IS NULL) AS corrections,
        LATERAL (SELECT count(*) AS given FROM kiosk.claim WHERE centre = mine.id AND state = 'collected') AS given,
        LATERAL (
            SELECT count(*) AS requests FROM kiosk.event
            WHERE centre = mine.id AND kind = 'request.made' AND reason IS NULL) AS asked;

REVOKE ALL ON kiosk.sent_away, kiosk.change, kiosk.held, kiosk.permit FROM PUBLIC;
REVOKE ALL ON FUNCTION kiosk.is_own(int, text, text, text), kiosk.use_permit(text, text, text, int), kiosk.bound_changes(),
    kiosk.forget_code(), kiosk.spare_held(), kiosk.held_changes(), kiosk.settle_held(bigint[], boolean), kiosk.centre_tablets(),
    kiosk.send_away(text), kiosk.revoke_tablet(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kiosk.held_changes(), kiosk.settle_held(bigint[], boolean), kiosk.centre_tablets(),
    kiosk.revoke_tablet(int) TO kiosk_tablet;
