-- Version 6: what one centre says changes nothing in another, whatever ids it uses; a centre without a region has no
-- neighbours; a decision of the hub's is known by a secret of the hub's.

-- First what a push takes first, so that neither waits for the other.
LOCK TABLE kiosk.centre IN ACCESS EXCLUSIVE MODE;

CREATE UNIQUE INDEX event_once_a_centre ON kiosk.event (centre, id) WHERE reason IS NULL;
CREATE INDEX event_by_centre_and_subject ON kiosk.event (centre, subject, id) WHERE reason IS NULL;
-- What was put aside: nearly nothing of the table.
CREATE INDEX event_put_aside ON kiosk.event (centre, device) WHERE reason IS NOT NULL;

-- Tablets retell decisions to a hub that has lost them: it knows its own by the name of their device. Those from before
-- this version have a name that anybody could work out; one made up under such a name is older than what it is about.
ALTER TABLE kiosk.hub ADD COLUMN secret text, ADD COLUMN decided_before text;
UPDATE kiosk.hub SET secret = gen_random_uuid()::text || gen_random_uuid()::text,
    decided_before = lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0');

CREATE FUNCTION kiosk.decider(p_id text) RETURNS text LANGUAGE sql STABLE SET search_path = kiosk, pg_temp AS $$
    SELECT left(encode(sha256(convert_to(
        'hub:' || p_id || CASE WHEN p_id < decided_before THEN '' ELSE ':' || secret END, 'UTF8')), 'hex'), 32) FROM hub $$;

CREATE OR REPLACE FUNCTION kiosk.decide(p_centre int, p_kind text, p_ticket text, p_item text, p_against text) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    new_id text; at text; own text; line text; maker text;
BEGIN
    SELECT kiosk.following_id(latest) INTO new_id FROM centre WHERE id = p_centre;
    maker := kiosk.decider(new_id);
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

CREATE OR REPLACE FUNCTION kiosk.refresh(p_centre int, p_ticket text) RETURNS text
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    e record; its_item text; its_state text := ''; its_stamp text := ''; unsure boolean := false;
BEGIN
    FOR e IN SELECT id, kind, payload::jsonb AS said FROM event
        WHERE centre = p_centre AND subject = p_ticket AND reason IS NULL AND kind LIKE 'ticket.%' ORDER BY id LOOP
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
    IF its_item IS NULL OR length(its_item) > 200 THEN
        RETURN NULL;
    END IF;
    INSERT INTO claim (centre, ticket, item, state, stamp, provisional)
        VALUES (p_centre, p_ticket, its_item, coalesce(its_state, ''), its_stamp, unsure)
        ON CONFLICT (centre, ticket) DO UPDATE SET
            item = EXCLUDED.item, state = EXCLUDED.state, stamp = EXCLUDED.stamp, provisional = EXCLUDED.provisional,
            held_until = NULL, unit = CASE WHEN claim.item = EXCLUDED.item AND EXCLUDED.state IN ('reserved', 'collected') THEN claim.unit END;
    RETURN its_item;
END $$;

-- As before, of the events of one centre; no more units than an item may have.
CREATE FUNCTION kiosk.room(p_centre int, p_item text, OUT units int, OUT withdrawn boolean)
LANGUAGE sql STABLE SET search_path = kiosk, pg_temp AS $$
    SELECT least(kiosk.number(kiosk.merge(payload::jsonb ORDER BY id) -> 'quantity'), 1000),
        coalesce((array_agg(kind ORDER BY id DESC) FILTER (
            WHERE kind IN ('item.added', 'item.withdrawn', 'item.put_back')))[1] = 'item.withdrawn', false)
    FROM event WHERE centre = p_centre AND subject = p_item AND reason IS NULL AND kind LIKE 'item.%' $$;

CREATE OR REPLACE FUNCTION kiosk.show(p_centre int, p_item text) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    here centre; there record; whole jsonb; taken int;
BEGIN
    SELECT * INTO here FROM centre WHERE id = p_centre;
    SELECT * INTO there FROM kiosk.room(p_centre, p_item);
    IF NOT here.shares_goods OR there.units IS NULL THEN
        RETURN;
    END IF;
    SELECT kiosk.merge(payload::jsonb ORDER BY id) INTO whole FROM event
        WHERE centre = p_centre AND subject = p_item AND reason IS NULL AND kind LIKE 'item.%';
    SELECT count(*) INTO taken FROM claim WHERE centre = p_centre AND item = p_item AND unit IS NOT NULL;
    INSERT INTO good (centre, item, said, photo, free, changed)
        VALUES (p_centre, p_item,
            (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(whole) WHERE key IN (
                'thing', 'names', 'category', 'size', 'age_group', 'condition', 'arrived_on')),
            substring(whole -> 'photos' ->> 0 FROM '^[0-9a-f]{64}$'),
            CASE WHEN there.withdrawn THEN 0 ELSE greatest(0, there.units - taken) END, here.head)
        ON CONFLICT (centre, item) DO UPDATE SET
            said = EXCLUDED.said, photo = EXCLUDED.photo, free = EXCLUDED.free, changed = EXCLUDED.changed;
END $$;

CREATE OR REPLACE FUNCTION kiosk.arbitrate(p_centre int, p_item text) RETURNS void
LANGUAGE plpgsql SET search_path = kiosk, pg_temp AS $$
DECLARE
    there record; c record; winner text;
BEGIN
    SELECT * INTO there FROM kiosk.room(p_centre, p_item);
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
    PERFORM kiosk.show(p_centre, p_item);
END $$;

CREATE OR REPLACE FUNCTION kiosk.neighbours() RETURNS TABLE (number int, name text, newest bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = kiosk, pg_temp AS $$
    SELECT n.id, n.name, coalesce((SELECT max(g.changed) FROM good AS g WHERE g.centre = n.id), 0)
    FROM centre AS mine
    JOIN centre AS n ON n.id <> mine.id AND n.region = mine.region AND n.region <> '' AND n.shares_goods
    WHERE mine.id = kiosk.my_centre() AND mine.shows_goods $$;
DELETE FROM kiosk.region_reader WHERE region = '';

REVOKE ALL ON FUNCTION kiosk.decider(text), kiosk.room(int, text) FROM PUBLIC;
