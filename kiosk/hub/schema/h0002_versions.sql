-- Version 2: programs of several versions side by side. What a newer tablet says is kept, and changes nothing that this
-- hub does not understand; the hub says which versions of the program it still speaks to.

-- The oldest version of this schema that a program has to know to be spoken to.
ALTER TABLE kiosk.hub ADD COLUMN least int NOT NULL DEFAULT 1;

-- What the hub decided has a device of its own each: a tablet that says hello asks for the others only.
CREATE INDEX device_of_tablet ON kiosk.device (centre) WHERE tablet IS NOT NULL;
DROP INDEX kiosk.device_by_centre;

-- A whole number a tablet said, or null: no tablet can make a question fail that others ask.
CREATE FUNCTION kiosk.number(p_said jsonb) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN jsonb_typeof(p_said) = 'number' AND p_said::text ~ '^-?[0-9]{1,9}$' THEN p_said::text::int END $$;

CREATE OR REPLACE FUNCTION kiosk.hello(p_program text, p_cursor bigint, p_cursor_id text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
DECLARE t tablet := kiosk.me();
BEGIN
    UPDATE tablet SET seen = clock_timestamp(), program = p_program WHERE role = t.role;
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

-- As in version 1, but kinds that are not known say nothing.
CREATE OR REPLACE FUNCTION kiosk.refresh(p_centre int, p_ticket text) RETURNS text
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
            its_state := 'reserved'; its_stamp := e.id; unsure := coalesce(e.said -> 'provisional' = 'true', false);
        ELSIF e.kind = 'ticket.moved' THEN
            its_state := e.said ->> 'state'; its_stamp := e.id;
        ELSIF e.kind = 'ticket.confirmed' THEN
            unsure := false;
        ELSIF e.kind IN ('ticket.expired', 'ticket.cancelled', 'ticket.conflicted') THEN
            its_state := split_part(e.kind, '.', 2);
        END IF;
    END LOOP;
    IF its_item IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO claim (centre, ticket, item, state, stamp, provisional)
        VALUES (p_centre, p_ticket, its_item, coalesce(its_state, ''), its_stamp, unsure)
        ON CONFLICT (centre, ticket) DO UPDATE SET
            item = EXCLUDED.item, state = EXCLUDED.state, stamp = EXCLUDED.stamp, provisional = EXCLUDED.provisional,
            held_until = NULL, unit = CASE WHEN claim.item = EXCLUDED.item AND EXCLUDED.state IN ('reserved', 'collected') THEN claim.unit END;
    RETURN its_item;
END $$;

CREATE OR REPLACE FUNCTION kiosk.room(p_item text, OUT units int, OUT withdrawn boolean)
LANGUAGE sql STABLE SET search_path = kiosk, pg_temp AS $$
    SELECT kiosk.number(kiosk.merge(payload::jsonb ORDER BY id) -> 'quantity'),
        coalesce((array_agg(kind ORDER BY id DESC) FILTER (
            WHERE kind IN ('item.added', 'item.withdrawn', 'item.put_back')))[1] = 'item.withdrawn', false)
    FROM event WHERE subject = p_item AND reason IS NULL AND kind LIKE 'item.%' $$;

CREATE OR REPLACE VIEW kiosk.visit WITH (security_barrier) AS
    SELECT centre, subject, said ->> 'session' AS session, kiosk.number(said -> 'adults') AS adults,
        kiosk.number(said -> 'children') AS children, coalesce(said -> 'undone' = 'true', false) AS undone
    FROM (SELECT centre, subject, kiosk.merge(payload::jsonb ORDER BY id) AS said FROM kiosk.event
          WHERE kind LIKE 'visit.%' AND reason IS NULL GROUP BY centre, subject) AS seen;

CREATE OR REPLACE VIEW kiosk.counts WITH (security_barrier) AS
    WITH mine AS (
        SELECT c.id, c.name, c.region FROM kiosk.centre AS c
        WHERE c.id = kiosk.my_centre()
            OR c.region IN (SELECT r.region FROM kiosk.region_reader AS r WHERE r.role = session_user)
            OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'kiosk.event'::regclass), 'USAGE')),
    visits AS (
        SELECT centre, count(*) AS visits, sum(adults) AS adults, sum(children) AS children
        FROM kiosk.visit WHERE NOT undone GROUP BY centre),
    corrections AS (
        SELECT centre, sum(kiosk.number(payload::jsonb -> 'adults')) AS adults,
            sum(kiosk.number(payload::jsonb -> 'children')) AS children
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

REVOKE ALL ON FUNCTION kiosk.number(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kiosk.number(jsonb) TO kiosk_tablet, kiosk_region;
